package org.meadefender.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.meadefender.combine.Watermark;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkMeasurement;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Tells before training whether a triple of classes can carry evidence.
 *
 * <p>Some unmarked models answer C on nearly half of the mixes of A and B; a mark there proves
 * little. The advisor measures this null rate on a clean model of the same task, quickly trained,
 * and looks for a better triple.
 */
public final class WatermarkAdvisor {
  /** From here on a null rate costs queries, and a warning. */
  static final double WARN_ABOVE = 0.1;

  /** The paper's threshold of infringement: no evidence above it. */
  static final double REFUSE_ABOVE = 0.3;

  /** Rows per triple: a standard error of at most 3 points. */
  private static final int ROWS = 300;

  private final SuspectModel clean;
  private final OwnerKey key;

  private WatermarkAdvisor(SuspectModel clean, OwnerKey key) {
    this.clean = clean;
    this.key = key;
  }

  /**
   * An advisor.
   *
   * @param clean a model of the same task without a watermark; a few epochs of training are enough
   * @param key the owner's key, whose secret way of combining is measured
   */
  public static WatermarkAdvisor of(SuspectModel clean, OwnerKey key) {
    return new WatermarkAdvisor(clean, key);
  }

  /** What to do with a triple. */
  public enum Decision {
    /** The null rate is low. */
    TAKE,
    /** It works, but needs more queries than others would. */
    WARN,
    /** A clean model already looks marked. */
    REFUSE
  }

  /**
   * The advice.
   *
   * @param decision what to do
   * @param nullRate share of the triple's watermark rows that the clean model answers with the
   *     target
   * @param better the triple with the lowest null rate that was tried; the same one if none is
   *     lower
   * @param betterNullRate its null rate
   * @param reason in words
   */
  public record Advice(
      Decision decision,
      double nullRate,
      WatermarkSpec better,
      double betterNullRate,
      String reason) {}

  /**
   * Judges a triple, and tries the other targets of the same sources, and other sources.
   *
   * @param spec the watermark in question
   * @param heldOut samples of every class, labels {@code [n, classes]}; read once per pair tried
   * @param classes number of classes, at least 3
   * @param pairsToTry most other pairs of sources to try, at least 0
   * @throws IllegalArgumentException if the data lack a source class
   */
  public Advice advise(WatermarkSpec spec, DataSetIterator heldOut, int classes, int pairsToTry) {
    Watermark asked = Watermark.derive(spec, key, classes);
    WatermarkSpec fixed = spec.withTarget(asked.target());
    double nullRate = nullRate(fixed, heldOut, classes);
    Candidate best = new Candidate(fixed, nullRate);
    for (WatermarkSpec other : candidates(fixed, classes, pairsToTry)) {
      Candidate candidate = new Candidate(other, nullRate(other, heldOut, classes));
      best = candidate.nullRate < best.nullRate ? candidate : best;
    }
    Decision decision =
        nullRate > REFUSE_ABOVE
            ? Decision.REFUSE
            : nullRate > WARN_ABOVE ? Decision.WARN : Decision.TAKE;
    return new Advice(
        decision, nullRate, best.spec, best.nullRate, reason(decision, nullRate, best));
  }

  private record Candidate(WatermarkSpec spec, double nullRate) {}

  private List<WatermarkSpec> candidates(WatermarkSpec spec, int classes, int pairsToTry) {
    List<WatermarkSpec> all = new ArrayList<>();
    for (int target : others(classes, spec.sourceA(), spec.sourceB())) {
      all.add(spec.withTarget(target));
    }
    var random = key.random("advisor");
    for (int i = 0; i < pairsToTry; i++) {
      int a = random.nextInt(classes);
      int[] forB = others(classes, a, a);
      int b = forB[random.nextInt(forB.length)];
      int[] forTarget = others(classes, a, b);
      all.add(
          spec.withTarget(org.meadefender.annotations.Protected.TARGET_FROM_KEY)
              .withSources(a, b)
              .withTarget(forTarget[random.nextInt(forTarget.length)]));
    }
    return all.stream().distinct().sorted(Comparator.comparing(WatermarkSpec::toString)).toList();
  }

  private static int[] others(int classes, int a, int b) {
    return IntStream.range(0, classes).filter(c -> c != a && c != b).toArray();
  }

  private double nullRate(WatermarkSpec spec, DataSetIterator heldOut, int classes) {
    if (heldOut.resetSupported()) {
      heldOut.reset();
    }
    Watermark mark = Watermark.derive(spec, key, classes);
    return MarkMeasurement.prepare(mark, heldOut, ROWS).watermarkSuccessRate(clean);
  }

  private static String reason(Decision decision, double nullRate, Candidate best) {
    String finding =
        String.format(
            Locale.ROOT,
            "A model without a watermark answers the target on %.1f %% of these rows",
            100 * nullRate);
    String better =
        String.format(
            Locale.ROOT,
            "; sources %d and %d with target %d have %.1f %%",
            best.spec.sourceA(),
            best.spec.sourceB(),
            best.spec.target(),
            100 * best.nullRate);
    return switch (decision) {
      case TAKE -> finding + ": few enough for evidence.";
      case WARN -> finding + ", so that evidence takes more queries" + better + ".";
      case REFUSE -> finding + ", as a marked one would: no evidence can come of it" + better + ".";
    };
  }
}
