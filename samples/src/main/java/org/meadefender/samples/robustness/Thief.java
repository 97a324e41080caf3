package org.meadefender.samples.robustness;

import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackData;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.extraction.Answers;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.attack.extraction.Distillation;
import org.meadefender.attack.extraction.ExtractionAttack;
import org.meadefender.attack.extraction.HardLabelRetraining;
import org.meadefender.attack.extraction.JacobianAugmentation;
import org.meadefender.attack.extraction.Knockoff;
import org.meadefender.attack.removal.FineTuning;
import org.meadefender.attack.removal.Wrk;

/** The thieves of an experiment, and one who steals nothing. */
enum Thief {
  /**
   * A network trained as the owner's, without the mark: what it costs, and what must not be Owned.
   */
  PLAIN,
  /** Distillation at temperature 7. */
  T7,
  /** Distillation at temperature 1. */
  T1,
  /** Top classes only. */
  HARD,
  /** Distillation at temperature 1 into a residual network. */
  OTHER,
  /** Knockoff nets with random queries. */
  KNOCKOFF,
  /** Jacobian-based augmentation, soft labels. */
  JACOBIAN,
  /** Jacobian-based augmentation, top classes only. */
  JACOBIAN_HARD,
  /** The copy of T1, all layers fine-tuned on true labels. */
  FTAL(T1),
  /** The copy of T1, with WRK. */
  WRK(T1);

  /** Samples that a fine-tuning thief has true labels of. */
  private static final int LABELLED = 5_000;

  private final @Nullable Thief copyOf;

  Thief() {
    this(null);
  }

  Thief(@Nullable Thief copyOf) {
    this.copyOf = copyOf;
  }

  /** Whose copy is worked on; empty for a thief who asks the victim. */
  Optional<Thief> copyOf() {
    return Optional.ofNullable(copyOf);
  }

  /**
   * Steals.
   *
   * @param same the victim's architecture
   * @param other another one
   */
  Model steal(
      BlackBox victim,
      AttackData transfer,
      Architecture same,
      Architecture other,
      int epochs,
      long seed) {
    ExtractionAttack distillation = Distillation.of(epochs).withTemperature(1);
    return switch (this) {
      case T7 -> run(Distillation.of(epochs), victim, transfer, same, seed);
      case T1 -> run(distillation, victim, transfer, same, seed);
      case HARD ->
          run(
              HardLabelRetraining.of(epochs),
              victim.withAnswers(Answers.topClass()),
              transfer,
              same,
              seed);
      case OTHER -> run(distillation, victim, transfer, other, seed);
      case KNOCKOFF -> run(Knockoff.of(epochs), victim, transfer, same, seed);
      case JACOBIAN -> run(JacobianAugmentation.standard(), victim, transfer, same, seed);
      case JACOBIAN_HARD ->
          run(
              JacobianAugmentation.standard().withHardLabels(),
              victim.withAnswers(Answers.topClass()),
              transfer,
              same,
              seed);
      case PLAIN, FTAL, WRK -> throw new IllegalStateException(this + " asks no victim");
    };
  }

  /**
   * Tries to remove the mark from a copy.
   *
   * @param copy of the thief that {@link #copyOf} names
   */
  Model launder(Model copy, AttackData transfer, long seed) {
    return switch (this) {
      case FTAL ->
          FineTuning.allOfThem().remove(copy, transfer.take(LABELLED), seed, AttackListener.NONE);
      case WRK -> Wrk.standard().remove(copy, transfer, seed, AttackListener.NONE);
      default -> throw new IllegalStateException(this + " launders no copy");
    };
  }

  private static Model run(
      ExtractionAttack attack,
      BlackBox victim,
      AttackData transfer,
      Architecture student,
      long seed) {
    return attack.steal(victim, transfer, student, seed, AttackListener.NONE);
  }
}
