package org.meadefender.samples.robustness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The classes of an experiment's marks: A, B and target of each. */
final class ClassTriples {
  /** Triples that the seed chooses. */
  static final String DRAWN = "DRAWN";

  private static final int TRIPLE = 3;

  private static final String BETWEEN_TRIPLES = ";";

  /** Of Fashion-MNIST and of CIFAR-10. */
  private static final int CLASSES = 10;

  private ClassTriples() {}

  /** Three classes for each mark by their numbers, or drawn from the seed. */
  static List<int[]> of(String text, int given, long seed) {
    if (!text.equals(DRAWN)) {
      List<int[]> named =
          Arrays.stream(text.split(BETWEEN_TRIPLES, -1)).map(ClassTriples::triple).toList();
      if (given != 0 && given != named.size()) {
        throw new IllegalArgumentException(
            "marks is " + given + ", but triple names " + named.size() + "; leave one of them out");
      }
      return named;
    }
    int marks = given == 0 ? 1 : given;
    if (marks < 1 || marks > CLASSES / TRIPLE) {
      throw new IllegalArgumentException(
          "marks is " + marks + "; it must be from 1 to " + CLASSES / TRIPLE);
    }
    List<Integer> classes = new ArrayList<>(IntStream.range(0, CLASSES).boxed().toList());
    Collections.shuffle(classes, new Random(seed));
    return IntStream.range(0, marks)
        .mapToObj(mark -> classes.subList(mark * TRIPLE, (mark + 1) * TRIPLE))
        .map(triple -> triple.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  private static int[] triple(String text) {
    int[] triple =
        Arrays.stream(text.split(",", -1)).map(String::strip).mapToInt(Integer::parseInt).toArray();
    if (triple.length != TRIPLE) {
      throw new IllegalArgumentException(
          "triple is "
              + text
              + "; it must be A,B,C, as in 0,1,2 (of several marks 0,1,2;3,4,5), DRAWN,"
              + " ADVISED or REGISTRABLE");
    }
    return triple;
  }
}
