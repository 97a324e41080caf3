package org.meadefender.attack.extraction;

import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Knockoff nets, random strategy (Orekondy et al., CVPR 2019): samples of a transfer set, which
 * need not be of the task, are drawn without replacement and asked about once; the student learns
 * the answers by soft cross-entropy.
 *
 * @param fit how the student trains
 */
public record Knockoff(FitSettings fit) implements ExtractionAttack {
  private static final double RATE = 0.01;
  private static final double LATE_RATE = 0.001;
  private static final int LATE_EPOCH = 60;
  private static final double MOMENTUM = 0.5;
  private static final int BATCH = 64;

  /**
   * SGD at 0.01 (a tenth from epoch 60) with Deeplearning4j's Nesterov momentum of 0.5, batch 64.
   */
  public static Knockoff of(int epochs) {
    return new Knockoff(sgd(epochs));
  }

  static FitSettings sgd(int epochs) {
    MapSchedule rates = new MapSchedule(ScheduleType.EPOCH, Map.of(0, RATE, LATE_EPOCH, LATE_RATE));
    return new FitSettings(epochs, BATCH, new Nesterovs(rates, MOMENTUM));
  }

  /** The same with other training settings. */
  public Knockoff withFit(FitSettings newFit) {
    return new Knockoff(newFit);
  }

  @Override
  public Model steal(
      BlackBox victim,
      LabelledSamples transfer,
      Architecture student,
      long seed,
      AttackListener listener) {
    LabelledSamples lesson = victim.query(transfer.shuffled(seed));
    Model copy = student.fresh(seed, fit.updater());
    Classifiers.fit(copy, lesson, new LossDistillation(1, 1), fit, seed, listener);
    return copy;
  }
}
