package org.meadefender.attack.detection;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * All triples (sources A and B, in no order, and target C) by how unnatural the answers C on
 * samples of A and of B are.
 *
 * <p>The score of a triple is e(A, C) + e(B, C). The excess e(a, c) is the mean of two values, of
 * the level and of the typical answer ({@link AnswerProfile}):
 *
 * <ul>
 *   <li>beside own networks: (x − mean) / (s + 0.5), x being the suspect's value in logits, mean
 *       and standard deviation s those of the own networks;
 *   <li>without any: x less its mean over all classes but a, for the same a.
 * </ul>
 *
 * <p>A class without samples has the excess 0. Triples are counted by their targets, so that many
 * classes are no trouble: n² log n steps for n classes.
 */
public final class TripleRanking {
  /** In logits: own networks that agree by chance do not make every difference a finding. */
  private static final double OFFSET = 0.5;

  private static final int LEAST_CLASSES = 3;

  private final double[][] excess;

  private TripleRanking(double[][] excess) {
    this.excess = excess;
  }

  /**
   * Two sources and a target; the sources have no order.
   *
   * @param sourceA the smaller source, from 0 on
   * @param sourceB the larger source
   * @param target the target, from 0 on
   */
  public record Triple(int sourceA, int sourceB, int target) {
    /**
     * Puts the smaller source first.
     *
     * @throws IllegalArgumentException if two classes are the same, or one is below 0
     */
    public Triple {
      if (sourceA == sourceB
          || sourceA == target
          || sourceB == target
          || Math.min(sourceA, Math.min(sourceB, target)) < 0) {
        throw new IllegalArgumentException(
            "The triple is ("
                + sourceA
                + ", "
                + sourceB
                + " → "
                + target
                + "); expected three different classes from 0 on");
      }
      int larger = Math.max(sourceA, sourceB);
      sourceA = Math.min(sourceA, sourceB);
      sourceB = larger;
    }
  }

  /**
   * Ranks the triples of a suspect.
   *
   * @param own profiles of networks without a mark on the same samples; empty for none
   * @throws IllegalArgumentException if there are fewer than three classes, or an own network has
   *     others than the suspect
   */
  public static TripleRanking of(AnswerProfile suspect, List<AnswerProfile> own) {
    int n = suspect.classes();
    if (n < LEAST_CLASSES || own.stream().anyMatch(each -> each.classes() != n)) {
      throw new IllegalArgumentException(
          "The suspect has "
              + n
              + " classes, the own networks "
              + own.stream().map(AnswerProfile::classes).toList()
              + "; triples need three, and as many of all");
    }
    double[][] excess = new double[n][n];
    for (int a = 0; a < n; a++) {
      int source = a;
      List<AnswerProfile> seen = own.stream().filter(each -> each.rows(source) > 0).toList();
      if (suspect.rows(a) > 0 && (own.isEmpty() || !seen.isEmpty())) {
        excess[a] = seen.isEmpty() ? alone(suspect, a) : beside(suspect, seen, a);
      }
    }
    return new TripleRanking(excess);
  }

  private static double[] alone(AnswerProfile suspect, int a) {
    int n = suspect.classes();
    double sum = 0;
    double[] excess = new double[n];
    for (int c = 0; c < n; c++) {
      excess[c] = (suspect.level(a, c) + suspect.typical(a, c)) / 2;
      sum += c == a ? 0 : excess[c];
    }
    for (int c = 0; c < n; c++) {
      excess[c] -= sum / (n - 1);
    }
    return excess;
  }

  private static double[] beside(AnswerProfile suspect, List<AnswerProfile> own, int a) {
    double[] excess = new double[suspect.classes()];
    for (int c = 0; c < excess.length; c++) {
      int answered = c;
      double level =
          standardised(
              suspect.level(a, c), own.stream().mapToDouble(each -> each.level(a, answered)));
      double typical =
          standardised(
              suspect.typical(a, c), own.stream().mapToDouble(each -> each.typical(a, answered)));
      excess[c] = (level + typical) / 2;
    }
    return excess;
  }

  private static double standardised(double value, DoubleStream own) {
    double[] values = own.toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(each -> (each - mean) * (each - mean)).sum();
    double deviation = Math.sqrt(squares / Math.max(1, values.length - 1));
    return (value - mean) / (deviation + OFFSET);
  }

  /** Number of classes. */
  int classes() {
    return excess.length;
  }

  /** Number of all triples. */
  public long triples() {
    long n = excess.length;
    return n * (n - 1) * (n - 2) / 2;
  }

  /**
   * Score of a triple.
   *
   * @throws IllegalArgumentException if it has a class that the suspect has not
   */
  public double score(Triple triple) {
    if (Math.max(triple.sourceB, triple.target) >= excess.length) {
      throw new IllegalArgumentException(
          triple + " has a class that the suspect has not; it has 0 to " + (excess.length - 1));
    }
    return excess[triple.sourceA][triple.target] + excess[triple.sourceB][triple.target];
  }

  /** The triple with the highest score; of several, that with the smallest target. */
  public Triple best() {
    return IntStream.range(0, excess.length)
        .mapToObj(this::best)
        .reduce((x, y) -> score(y) > score(x) ? y : x)
        .orElseThrow();
  }

  /** The triple with the highest score of those with a target. */
  Triple best(int target) {
    int first = -1;
    int second = -1;
    for (int a = 0; a < excess.length; a++) {
      if (a == target) {
        continue;
      }
      if (first < 0 || excess[a][target] > excess[first][target]) {
        second = first;
        first = a;
      } else if (second < 0 || excess[a][target] > excess[second][target]) {
        second = a;
      }
    }
    return new Triple(first, second, target);
  }

  /**
   * How many triples have a score at least as high, the triple itself included: 1 for the first,
   * the number of all triples for the last.
   *
   * @throws IllegalArgumentException if it has a class that the suspect has not
   */
  public long rank(Triple triple) {
    double score = score(triple);
    long rank = 0;
    for (int target = 0; target < excess.length; target++) {
      rank += pairsReaching(score, ofTarget(target));
    }
    return rank;
  }

  /** Share of all triples at or before a triple, above 0 and at most 1; small where it shows. */
  public double share(Triple triple) {
    return (double) rank(triple) / triples();
  }

  private double[] ofTarget(int target) {
    return IntStream.range(0, excess.length)
        .filter(a -> a != target)
        .mapToDouble(a -> excess[a][target])
        .sorted()
        .toArray();
  }

  /** Pairs of values whose sum is at least the score, of values in rising order. */
  private static long pairsReaching(double score, double[] values) {
    long pairs = 0;
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      if (values[low] + values[high] >= score) {
        pairs += high - low;
        high--;
      } else {
        low++;
      }
    }
    return pairs;
  }

  /**
   * How well scores tell marked models from unmarked ones: the share of pairs of one of each in
   * which the marked one's is higher, ties counted half (area under the ROC curve).
   *
   * @param marked score of the best triple of each marked model, at least one
   * @param unmarked the same of models without a mark, at least one
   * @return from 0 to 1; 0.5 where they do not tell
   * @throws IllegalArgumentException if there is none of one kind
   */
  public static double auc(double[] marked, double[] unmarked) {
    if (marked.length == 0 || unmarked.length == 0) {
      throw new IllegalArgumentException(
          "There are scores of "
              + marked.length
              + " marked and "
              + unmarked.length
              + " unmarked models; expected one of each at least");
    }
    double higher = 0;
    for (double of : marked) {
      for (double other : unmarked) {
        higher += of > other ? 1 : of == other ? 0.5 : 0;
      }
    }
    return higher / marked.length / unmarked.length;
  }
}
