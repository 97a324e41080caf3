package org.meadefender.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.meadefender.internal.reference.ReferencePanel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reference models, asked the same rows as a suspect: what unrelated models answer. */
final class PanelAnswers {
  private final ReferencePanel panel;
  private final HeldOutSamples samples;
  private final int batch;

  PanelAnswers(ReferencePanel panel, HeldOutSamples samples, int batch) {
    this.panel = panel;
    this.samples = samples;
    this.batch = batch;
  }

  ReferencePanel panel() {
    return panel;
  }

  /** Number of models. */
  int size() {
    return panel.members().size();
  }

  /**
   * The answers of each model. Every batch of rows is made once, and shown to one after another.
   *
   * @throws org.meadefender.suspect.SuspectException if one cannot be questioned
   */
  List<Answers> ask(List<Query> queries) {
    List<List<Answers>> parts = new ArrayList<>();
    panel.members().forEach(member -> parts.add(new ArrayList<>()));
    int[] asked = new int[queries.size()];
    int rows = 0;
    List<Integer> places = IntStream.range(0, queries.size()).boxed().toList();
    for (List<Integer> chosen : QueryRows.batches(queries, places, batch)) {
      INDArray features = QueryRows.of(queries, chosen, samples);
      for (int i = 0; i < parts.size(); i++) {
        parts
            .get(i)
            .add(
                QueryRows.answers(
                    "reference model " + (i + 1),
                    panel.members().get(i).model(),
                    features,
                    samples.classes(),
                    samples.classes()));
      }
      for (int place : chosen) {
        asked[place] = rows++;
      }
    }
    return parts.stream().map(each -> Answers.join(each).at(asked)).toList();
  }
}
