package org.meadefender.samples.robustness;

import org.deeplearning4j.nn.api.Model;
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

/** The thieves of an experiment. */
enum Thief {
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
  /** Distillation at temperature 1, then all layers fine-tuned on true labels. */
  FTAL,
  /** Distillation at temperature 1, then WRK. */
  WRK;

  /** Samples that a fine-tuning thief has true labels of. */
  private static final int LABELLED = 5_000;

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
      case FTAL ->
          FineTuning.allOfThem()
              .remove(
                  run(distillation, victim, transfer, same, seed),
                  transfer.take(LABELLED),
                  seed,
                  AttackListener.NONE);
      case WRK ->
          Wrk.standard()
              .remove(
                  run(distillation, victim, transfer, same, seed),
                  transfer,
                  seed,
                  AttackListener.NONE);
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
