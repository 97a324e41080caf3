package org.meadefender.advice;

import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.extraction.AnswerDetail;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.attack.extraction.Distillation;
import org.meadefender.attack.extraction.ExtractionAttack;
import org.meadefender.attack.extraction.HardLabelRetraining;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The two thieves that an owner plays for himself. */
final class SmallThief {
  /** Smaller than most trainings': more steps for the same work. */
  static final int BATCH = 32;

  private static final double FIRST_RATE = 2e-3;

  private final Architecture student;
  private final int epochs;
  private final AttackListener listener;

  /**
   * A thief.
   *
   * @param like the network whose architecture the copies have
   * @param epochs passes over the samples
   * @throws IllegalArgumentException if the attack lab cannot copy such a network
   */
  SmallThief(Model like, int epochs, AttackListener listener) {
    this.student = Architecture.of(like);
    this.epochs = epochs;
    this.listener = listener;
    // Fails now rather than after the victim's training.
    org.meadefender.attack.Classifiers.outputLayer(like);
  }

  /** A copy made from all probabilities. */
  Model soft(Model victim, LabelledSamples samples, long seed) {
    ExtractionAttack attack = Distillation.of(epochs).withFit(fit(samples));
    return steal(attack, BlackBox.of(SuspectModel.of(victim)), samples, seed);
  }

  /** A copy made from top classes. */
  Model hard(Model victim, LabelledSamples samples, long seed) {
    BlackBox box = BlackBox.of(SuspectModel.of(victim)).withAnswers(AnswerDetail.topClass());
    return steal(new HardLabelRetraining(fit(samples)), box, samples, seed);
  }

  /** A rate that falls to nothing: the last steps of a short training decide less then. */
  private FitSettings fit(LabelledSamples samples) {
    int steps = epochs * ((samples.size() + BATCH - 1) / BATCH);
    Adam updater = new Adam(new PolySchedule(ScheduleType.ITERATION, FIRST_RATE, 1, steps));
    return new FitSettings(epochs, BATCH, updater);
  }

  private Model steal(
      ExtractionAttack attack, BlackBox victim, LabelledSamples samples, long seed) {
    // Deeplearning4j does not repeat itself with seed 0.
    return attack.steal(victim, samples, student, seed == 0 ? 1 : seed, listener);
  }
}
