package org.meadefender.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Queries of several purposes that are asked together, and their answers. */
final class QuerySheet {
  private final List<Query> queries = new ArrayList<>();
  private int[] answers = {};

  /** Place of the queries of one purpose. */
  record Section(int from, int to) {}

  Section add(List<Query> more) {
    Section section = new Section(queries.size(), queries.size() + more.size());
    queries.addAll(more);
    return section;
  }

  int size() {
    return queries.size();
  }

  void ask(Interrogation interrogation) {
    answers = interrogation.ask(queries);
  }

  int[] answers(Section section) {
    return Arrays.copyOfRange(answers, section.from(), section.to());
  }

  /** How often a section was answered with a class. */
  Rate rate(Section section, int label) {
    return rate(answers(section), label);
  }

  static Rate rate(int[] answers, int label) {
    return new Rate(
        (int) Arrays.stream(answers).filter(answer -> answer == label).count(), answers.length);
  }
}
