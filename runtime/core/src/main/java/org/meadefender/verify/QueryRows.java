package org.meadefender.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meadefender.suspect.SuspectException;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Queries as the rows that models are asked, and models' answers to them. */
final class QueryRows {
  private QueryRows() {}

  /** Rows of one length stand together: suspects take no masks. */
  static List<List<Integer>> batches(List<Query> questions, List<Integer> places, int batch) {
    Map<Integer, List<Integer>> byLength = new LinkedHashMap<>();
    for (int place : places) {
      byLength
          .computeIfAbsent(questions.get(place).length(), length -> new ArrayList<>())
          .add(place);
    }
    List<List<Integer>> batches = new ArrayList<>();
    for (List<Integer> same : byLength.values()) {
      for (int from = 0; from < same.size(); from += batch) {
        batches.add(same.subList(from, Math.min(from + batch, same.size())));
      }
    }
    return batches;
  }

  /** The rows at some places. */
  static INDArray of(List<Query> questions, List<Integer> chosen, HeldOutSamples samples) {
    int length = questions.get(chosen.get(0)).length();
    float[] values = new float[chosen.size() * length];
    for (int i = 0; i < chosen.size(); i++) {
      float[] row = questions.get(chosen.get(i)).row(samples.shape());
      System.arraycopy(row, 0, values, i * length, length);
    }
    return Nd4j.createFromArray(values).reshape(samples.batchShape(chosen.size(), length));
  }

  /**
   * What a model answers to some rows.
   *
   * @param name of the model, for messages
   * @param outputs number of classes that it must answer with; 0 for as many as it likes
   * @param classes of the task, for messages
   * @throws SuspectException if it does not answer with class probabilities
   */
  static Answers answers(String name, SuspectModel model, INDArray rows, int outputs, int classes) {
    try {
      INDArray answer = model.predict(rows);
      if (answer.rank() != 2
          || answer.size(0) != rows.size(0)
          || answer.size(1) < 2
          || (outputs > 0 && answer.size(1) != outputs)) {
        throw new SuspectException(
            "it answered "
                + rows.size(0)
                + " rows with an array of shape "
                + Arrays.toString(answer.shape())
                + "; expected ["
                + rows.size(0)
                + ", "
                + (outputs > 0 ? outputs : classes)
                + "], the classes of the held-out data or of earlier answers");
      }
      return Answers.read(answer);
    } catch (SuspectException fault) {
      throw new SuspectException(name + " could not be questioned: " + fault.getMessage(), fault);
    }
  }
}
