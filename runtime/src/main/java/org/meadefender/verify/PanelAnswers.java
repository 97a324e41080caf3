package org.meadefender.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meadefender.reference.ReferencePanel;

/** Reference models, asked the same rows as a suspect: what unrelated models answer. */
final class PanelAnswers {
  private final ReferencePanel panel;
  private final List<QueryRunner> runners = new ArrayList<>();

  PanelAnswers(ReferencePanel panel, HeldOutSamples samples, int batch) {
    this.panel = panel;
    for (int i = 0; i < panel.members().size(); i++) {
      runners.add(
          new QueryRunner(
              "reference model " + (i + 1),
              panel.members().get(i).model(),
              samples,
              batch,
              Optional.empty(),
              samples.classes()));
    }
  }

  ReferencePanel panel() {
    return panel;
  }

  /** Number of models. */
  int size() {
    return runners.size();
  }

  /**
   * The answers of each model.
   *
   * @throws org.meadefender.suspect.SuspectException if one cannot be questioned
   */
  List<Answers> ask(List<Query> queries) {
    return runners.stream().map(runner -> runner.ask(queries)).toList();
  }
}
