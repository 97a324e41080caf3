package org.meadefender.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.meadefender.verify.QuerySheet.Section;

/** Asks held-out samples as they are: a suspect that fails on them is asked in the wrong way. */
final class CleanCheck {
  private final List<Integer> labels;
  private final Section section;

  private CleanCheck(List<Integer> labels, Section section) {
    this.labels = labels;
    this.section = section;
  }

  /** Draws samples, the classes in turn. */
  static CleanCheck draw(
      HeldOutSamples samples, int rows, RandomGenerator random, QuerySheet sheet) {
    int[] classes = samples.presentClasses();
    List<Query> queries = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int label = classes[i % classes.length];
      List<float[]> ofClass = samples.ofClass(label);
      queries.add(Query.clean(ofClass.get(random.nextInt(ofClass.size()))));
      labels.add(label);
    }
    return new CleanCheck(labels, sheet.add(queries));
  }

  Rate correct(QuerySheet sheet) {
    int[] answers = sheet.answers(section);
    int hits = 0;
    for (int i = 0; i < answers.length; i++) {
      hits += answers[i] == labels.get(i) ? 1 : 0;
    }
    return new Rate(hits, answers.length);
  }
}
