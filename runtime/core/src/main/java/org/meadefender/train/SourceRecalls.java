package org.meadefender.train;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.loss.TaskAnswers;
import org.meadefender.train.TrainingReport.SourceRecall;

/** Counts how often a network is right on the task rows of each class. */
final class SourceRecalls {
  private final List<Watermark> watermarks;
  private final long[] rows;
  private final long[] right;

  SourceRecalls(List<Watermark> watermarks) {
    this.watermarks = watermarks;
    this.rows = new long[watermarks.get(0).classes()];
    this.right = new long[rows.length];
  }

  void observe(TaskAnswers answers) {
    for (int row = 0; row < answers.size(); row++) {
      int label = answers.label(row);
      rows[label]++;
      right[label] += answers.topClass(row) == label ? 1 : 0;
    }
  }

  /** Of each source class of each mark. */
  List<SourceRecall> recalls() {
    Set<Integer> marked =
        watermarks.stream()
            .flatMap(mark -> Stream.of(mark.spec().sourceA(), mark.spec().sourceB(), mark.target()))
            .collect(Collectors.toSet());
    long otherRows = 0;
    long otherRight = 0;
    for (int c = 0; c < rows.length; c++) {
      otherRows += marked.contains(c) ? 0 : rows[c];
      otherRight += marked.contains(c) ? 0 : right[c];
    }
    double ofOthers = (double) otherRight / otherRows;
    return watermarks.stream()
        .flatMap(mark -> Stream.of(mark.spec().sourceA(), mark.spec().sourceB()))
        .map(c -> new SourceRecall(c, rows[c], (double) right[c] / rows[c], ofOthers))
        .toList();
  }
}
