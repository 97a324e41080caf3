package org.meadefender.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.meadefender.verify.MarkFigures.Recognition;

/** Held-out samples as they are: a suspect that fails on them is asked in the wrong way. */
final class CleanSamples {
  /** Distinct samples of each class; of a mark's classes more, where there are more. */
  private static final int PER_CLASS = 12;

  private static final int PER_MARKED_CLASS = 60;

  private final List<Query> queries = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  /**
   * Draws samples.
   *
   * @param marked sources and targets
   */
  CleanSamples(HeldOutSamples samples, Set<Integer> marked, RandomGenerator random) {
    for (int label : samples.presentClasses()) {
      List<float[]> ofClass = new ArrayList<>(samples.ofClass(label));
      Shuffle.shuffle(ofClass, random);
      int most = marked.contains(label) ? PER_MARKED_CLASS : PER_CLASS;
      ofClass.stream()
          .limit(most)
          .forEach(
              sample -> {
                queries.add(Query.clean(sample));
                labels.add(label);
              });
    }
  }

  List<Query> queries() {
    return List.copyOf(queries);
  }

  /** Number of rows for so many classes. */
  static long plannedRows(int classes, int marked) {
    return (long) classes * PER_CLASS + (long) marked * (PER_MARKED_CLASS - PER_CLASS);
  }

  int label(int row) {
    return labels.get(row);
  }

  int[] presentClasses() {
    return labels.stream().mapToInt(label -> label).distinct().toArray();
  }

  /** As many rows of each class, where there are as many. */
  int[] balancedRows() {
    int[] ofClass = new int[labels.stream().mapToInt(label -> label).max().orElse(0) + 1];
    return IntStream.range(0, labels.size())
        .filter(row -> ofClass[labels.get(row)]++ < PER_CLASS)
        .toArray();
  }

  /** Samples that are answered correctly, among the balanced rows. */
  Rate correct(Answers answers) {
    return rate(answers, balancedRows(), labels);
  }

  /** Samples of a class that are answered with a class. */
  Rate rate(Answers answers, int label, int answer) {
    int[] rows = IntStream.range(0, labels.size()).filter(i -> labels.get(i) == label).toArray();
    return rate(answers, rows, java.util.Collections.nCopies(labels.size(), answer));
  }

  private static Rate rate(Answers answers, int[] rows, List<Integer> wanted) {
    return new Rate(
        (int) Arrays.stream(rows).filter(row -> answers.top(row) == wanted.get(row)).count(),
        rows.length);
  }

  Recognition recognition(Answers answers, int sourceA, int sourceB, int target) {
    return new Recognition(
        rate(answers, sourceA, sourceA),
        rate(answers, sourceB, sourceB),
        rate(answers, target, target),
        rate(answers, sourceA, target).plus(rate(answers, sourceB, target)));
  }
}
