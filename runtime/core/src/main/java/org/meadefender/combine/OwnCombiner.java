package org.meadefender.combine;

import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.random.RandomGenerator;

/** Finds, checks and compares combiners that are not this library's. */
final class OwnCombiner {
  /** A grid that every combiner must take; large enough to tell ways of combining apart. */
  private static final SampleShape PROBE = new SampleShape(1, 32, 32, 1);

  /** Least mean difference of the shares of A, cell by cell, of what counts as another way. */
  private static final double DIFFERENT = 0.1;

  private OwnCombiner() {}

  /**
   * Chooses a combiner of a kind that the class path has.
   *
   * @throws IllegalArgumentException if there is no such kind, or what it makes is no combiner
   */
  static Combiner derive(String name, RandomGenerator random) {
    List<CombinerKind> kinds =
        ServiceLoader.load(CombinerKind.class).stream().map(ServiceLoader.Provider::get).toList();
    CombinerKind kind =
        kinds.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no combiner kind "
                            + name
                            + " on the class path, only "
                            + kinds.stream().map(CombinerKind::name).toList()
                            + "; name its class in META-INF/services/"
                            + CombinerKind.class.getName()));
    Combiner combiner = kind.derive(random);
    check(name, combiner);
    return combiner;
  }

  private static void check(String name, Combiner combiner) {
    double share = combiner.shareOfA();
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "The combiner "
              + name
              + " gives A a share of "
              + share
              + "; it must be between 0 and 1, so that both sources show");
    }
    int length = PROBE.length();
    float[] result = combiner.combine(new float[length], new float[length], PROBE, new Random(1));
    if (result.length != PROBE.length()) {
      throw new IllegalArgumentException(
          "The combiner "
              + name
              + " makes "
              + result.length
              + " values of two samples of "
              + PROBE.length()
              + "; a combined sample must be as long as each of the two");
    }
  }

  /** Those of some ways that are not nearly the secret one. */
  static List<Combiner> otherThan(Combiner secret, List<Combiner> ways) {
    float[] ofSecret = sharesOfA(secret);
    return ways.stream().filter(way -> distance(ofSecret, sharesOfA(way)) >= DIFFERENT).toList();
  }

  private static float[] sharesOfA(Combiner combiner) {
    // Any seed will do: variation between rows is small against what is told apart here.
    return combiner.sharesOfA(PROBE, new Random(1));
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }
}
