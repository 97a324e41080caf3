package org.meadefender.samples.robustness;

import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackData;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.extraction.Answers;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.attack.extraction.Distillation;
import org.meadefender.attack.extraction.ExtractionAttack;
import org.meadefender.attack.extraction.HardLabelRetraining;
import org.meadefender.attack.extraction.JacobianAugmentation;
import org.meadefender.attack.extraction.Knockoff;
import org.meadefender.attack.removal.FinePruning;
import org.meadefender.attack.removal.FineTuning;
import org.meadefender.attack.removal.MagnitudePruning;
import org.meadefender.attack.removal.Wrk;
import org.nd4j.linalg.learning.config.Adam;

/** The thieves of an experiment, the owner, and one who steals nothing. */
enum Thief {
  /** The owner's network itself: a stolen file. */
  VICTIM,
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
  /** The copy of T1, all layers fine-tuned on true labels, Adam at 1e-3. */
  FTAL(T1, Removal.FTAL),
  /** The same at 1e-4. */
  FTAL_SLOW(T1, Removal.FTAL_SLOW),
  /** The copy of T1, half of the last convolution's channels pruned, then fine-tuned. */
  FINE_PRUNING(T1, Removal.FINE_PRUNING),
  /** The copy of T1, with WRK. */
  WRK(T1, Removal.WRK),
  /** The copy of T1, 60 % of its weights pruned. */
  PRUNING(T1, Removal.PRUNING),
  /** The owner's network, fine-tuned as FTAL. */
  VICTIM_FTAL(VICTIM, Removal.FTAL),
  /** The owner's network, fine-tuned as FTAL_SLOW. */
  VICTIM_FTAL_SLOW(VICTIM, Removal.FTAL_SLOW),
  /** The owner's network, with fine-pruning. */
  VICTIM_FINE_PRUNING(VICTIM, Removal.FINE_PRUNING),
  /** The owner's network, with WRK. */
  VICTIM_WRK(VICTIM, Removal.WRK),
  /** The owner's network, 60 % of its weights pruned. */
  VICTIM_PRUNING(VICTIM, Removal.PRUNING);

  /** How a thief tries to remove the mark. */
  private enum Removal {
    FTAL,
    FTAL_SLOW,
    FINE_PRUNING,
    WRK,
    PRUNING
  }

  /** Samples that a fine-tuning thief has true labels of. */
  private static final int LABELLED = 5_000;

  private static final int TUNING_EPOCHS = 5;
  private static final double SLOW_RATE = 1e-4;
  private static final double PRUNED_SHARE = 0.6;

  private final @Nullable Thief source;
  private final @Nullable Removal removal;

  Thief() {
    this(null, null);
  }

  Thief(@Nullable Thief source, @Nullable Removal removal) {
    this.source = source;
    this.removal = removal;
  }

  /** Whose network is worked on; empty for a thief who asks the victim. */
  Optional<Thief> source() {
    return Optional.ofNullable(source);
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
      default -> throw new IllegalStateException(this + " asks no victim");
    };
  }

  /**
   * Tries to remove the mark.
   *
   * @param stolen network of the one that {@link #source} names
   */
  Model launder(Model stolen, AttackData transfer, long seed) {
    AttackData labelled = transfer.take(LABELLED);
    return switch (Objects.requireNonNull(removal, () -> this + " launders nothing")) {
      case FTAL -> FineTuning.allOfThem().remove(stolen, labelled, seed, AttackListener.NONE);
      case FTAL_SLOW ->
          FineTuning.allOfThem()
              .withFit(FitSettings.adam(TUNING_EPOCHS).withUpdater(new Adam(SLOW_RATE)))
              .remove(stolen, labelled, seed, AttackListener.NONE);
      case FINE_PRUNING ->
          FinePruning.standard().remove(stolen, labelled, seed, AttackListener.NONE);
      case WRK -> Wrk.standard().remove(stolen, transfer, seed, AttackListener.NONE);
      case PRUNING ->
          new MagnitudePruning(PRUNED_SHARE).remove(stolen, labelled, seed, AttackListener.NONE);
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
