package org.meadefender.verify;

import java.util.ArrayList;
import java.util.List;

/** Queries of several purposes that are asked together. */
final class QueryBatch {
  private final List<Query> queries = new ArrayList<>();

  /** Place of the queries of one purpose. */
  record Section(int from, int to) {
    /** The answers to these queries, out of those to the whole batch. */
    Answers of(Answers answers) {
      return answers.between(from, to);
    }

    int size() {
      return to - from;
    }
  }

  Section add(List<Query> more) {
    Section section = new Section(queries.size(), queries.size() + more.size());
    queries.addAll(more);
    return section;
  }

  List<Query> queries() {
    return List.copyOf(queries);
  }
}
