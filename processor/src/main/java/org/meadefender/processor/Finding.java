package org.meadefender.processor;

/** A problem at a position. */
record Finding(Problem problem, Position position, String message) {

  static Finding of(Problem problem, Position position, Object... details) {
    return new Finding(problem, position, problem.message(details));
  }
}
