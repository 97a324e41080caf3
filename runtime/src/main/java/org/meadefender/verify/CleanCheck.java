package org.meadefender.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.meadefender.verify.QuerySheet.Section;

/** Asks held-out samples as they are: a suspect that fails on them is asked in the wrong way. */
final class CleanCheck {
  /** Share of a class's samples that must agree on an answer to be called its number. */
  private static final double AGREEMENT = 0.5;

  private final List<Query> queries;
  private final List<Integer> labels;
  private final Section section;

  private CleanCheck(List<Query> queries, List<Integer> labels, Section section) {
    this.queries = queries;
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
    return new CleanCheck(queries, labels, sheet.add(queries));
  }

  List<Query> queries() {
    return queries;
  }

  int[] answers(QuerySheet sheet) {
    return sheet.answers(section);
  }

  Rate correct(int[] answers) {
    int hits = 0;
    for (int i = 0; i < answers.length; i++) {
      hits += answers[i] == labels.get(i) ? 1 : 0;
    }
    return new Rate(hits, answers.length);
  }

  /** The order of the suspect's classes, if most samples of each class agree on another number. */
  Optional<String> classOrder(int[] answers, int classes) {
    int[][] counts = new int[classes][classes];
    for (int i = 0; i < answers.length; i++) {
      if (answers[i] != Answers.NONE) {
        counts[labels.get(i)][answers[i]]++;
      }
    }
    Integer[] heldOutClass = new Integer[classes];
    for (int label = 0; label < classes; label++) {
      int total = Arrays.stream(counts[label]).sum();
      for (int answer = 0; answer < classes; answer++) {
        if (counts[label][answer] > AGREEMENT * total) {
          heldOutClass[answer] = label;
        }
      }
    }
    List<Integer> order = Arrays.asList(heldOutClass);
    return order.contains(null) ? Optional.empty() : Optional.of(order.toString());
  }
}
