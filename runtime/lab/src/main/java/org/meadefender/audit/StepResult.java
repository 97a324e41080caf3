package org.meadefender.audit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a step found, before it is put into an entry. */
record StepResult(
    @Nullable MarkResult mark,
    @Nullable Boolean detected,
    long queries,
    Map<String, Double> figures,
    Map<String, List<Double>> series,
    List<AuditEntry.Picture> pictures) {

  static StepResult of(MarkResult mark, long queries) {
    return new StepResult(mark, null, queries, Map.of(), Map.of(), List.of());
  }

  static StepResult search(boolean detected, Map<String, Double> figures) {
    return new StepResult(null, detected, 0, figures, Map.of(), List.of());
  }

  StepResult withFigures(Map<String, Double> newFigures) {
    return new StepResult(mark, detected, queries, newFigures, series, pictures);
  }

  StepResult withSeries(Map<String, List<Double>> newSeries) {
    return new StepResult(mark, detected, queries, figures, newSeries, pictures);
  }

  StepResult withPictures(List<AuditEntry.Picture> newPictures) {
    return new StepResult(mark, detected, queries, figures, series, newPictures);
  }
}
