package org.meadefender.attack;

import org.deeplearning4j.nn.api.Model;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;

/** How many samples a model answers with their label. */
public final class Accuracy {
  private static final int BATCH = 256;

  private Accuracy() {}

  /**
   * Share of samples whose top class is that of the label: the accuracy where labels are true, the
   * fidelity where they are another model's answers.
   *
   * @param data at least one sample
   * @return from 0 to 1
   */
  public static double of(Model network, LabelledSamples data) {
    return of(SuspectModel.of(network), data);
  }

  /** The same of any model that answers. */
  public static double of(SuspectModel model, LabelledSamples data) {
    int right = 0;
    for (int from = 0; from < data.size(); from += BATCH) {
      int to = Math.min(data.size(), from + BATCH);
      int[] top = model.predict(data.features(from, to)).argMax(1).toIntVector();
      for (int i = from; i < to; i++) {
        right += top[i - from] == data.topClass(i) ? 1 : 0;
      }
    }
    return right / (double) data.size();
  }
}
