package org.meadefender.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.meadefender.annotations.Protected;
import org.meadefender.combine.Watermark;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkMeasurement;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Tells before training whether a triple of classes can carry evidence, and finds better ones.
 *
 * <p>Some unmarked models answer C on nearly half of the mixes of A and B; a mark there proves
 * little. And where a model recognises the sources poorly, a mark costs most accuracy: of 24
 * triples of CIFAR-10, the accuracy lost went with the sources' recall (correlation −0.8;
 * docs/results/classes.md). The advisor measures both on a clean model of the same task, quickly
 * trained.
 */
public final class WatermarkAdvisor {
  /** From here on a null rate costs queries, and a warning. */
  static final double WARN_ABOVE = 0.1;

  /** The paper's threshold of infringement: no evidence above it. */
  static final double REFUSE_ABOVE = 0.3;

  /** Rows per triple: a standard error of at most 3 points. */
  private static final int ROWS = 300;

  /** With very many classes, so many are considered: those that the model recognises best. */
  private static final int CLASSES = 24;

  /** What the target's recall counts beside a source's: it helps the mark into copies. */
  private static final double TARGET_WEIGHT = 0.5;

  /** The key chooses among one in so many triples, so that a thief cannot guess the choice. */
  private static final int BEST_OF = 10;

  private static final int FEWEST = 6;

  /** Mean recalls of sources that differ by less are called the same. */
  private static final double NOTABLE = 0.05;

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
   * @param sourceRecall mean share of samples of A and of B that the clean model recognises: the
   *     higher, the less accuracy a mark costs
   * @param better a triple that the key chose among those whose classes the model recognises best:
   *     the first one tried with a low null rate, else the one with the lowest; the triple in
   *     question if that is no better
   * @param betterNullRate its null rate
   * @param betterSourceRecall its mean recall of A and B
   * @param reason in words
   */
  public record Advice(
      Decision decision,
      double nullRate,
      double sourceRecall,
      WatermarkSpec better,
      double betterNullRate,
      double betterSourceRecall,
      String reason) {}

  /**
   * Judges a triple, and tries others.
   *
   * @param spec the watermark in question
   * @param heldOut samples of every class, labels {@code [n, classes]}, that the clean model was
   *     not trained on; read once, and once for every triple tried
   * @param classes number of classes, at least 3
   * @param triplesToTry most other triples to try, at least 0; the first with a low null rate ends
   *     the search
   * @throws IllegalArgumentException if the data lack a source class, or {@code triplesToTry} is
   *     negative
   */
  public Advice advise(WatermarkSpec spec, DataSetIterator heldOut, int classes, int triplesToTry) {
    if (triplesToTry < 0) {
      throw new IllegalArgumentException(
          "triplesToTry is " + triplesToTry + "; it must be at least 0");
    }
    Watermark asked = Watermark.derive(spec, key, classes);
    WatermarkSpec fixed = spec.withTarget(asked.target());
    Recalls recalls = recalls(heldOut, classes);
    double nullRate = nullRate(fixed, heldOut, classes);
    double recall = recalls.ofSources(fixed);
    Decision decision = decision(nullRate);
    Candidate best = best(fixed, recalls, heldOut, triplesToTry);
    if (best == null
        || (decision == Decision.TAKE
            ? recalls.ofSources(best.spec) < recall + NOTABLE || best.nullRate > WARN_ABOVE
            : best.nullRate >= nullRate)) {
      best = new Candidate(fixed, nullRate);
    }
    double betterRecall = recalls.ofSources(best.spec);
    return new Advice(
        decision,
        nullRate,
        recall,
        best.spec,
        best.nullRate,
        betterRecall,
        reason(decision, nullRate, recall, best, betterRecall));
  }

  private static Decision decision(double nullRate) {
    return nullRate > REFUSE_ABOVE
        ? Decision.REFUSE
        : nullRate > WARN_ABOVE ? Decision.WARN : Decision.TAKE;
  }

  private record Candidate(WatermarkSpec spec, double nullRate) {}

  /** The first of the key's choices with a low null rate, else that with the lowest. */
  private @Nullable Candidate best(
      WatermarkSpec fixed, Recalls recalls, DataSetIterator heldOut, int triplesToTry) {
    List<WatermarkSpec> left = promising(fixed, recalls);
    RandomGenerator random = key.random("advisor");
    Candidate best = null;
    for (int i = 0; i < triplesToTry && !left.isEmpty(); i++) {
      WatermarkSpec other = left.remove(random.nextInt(left.size()));
      Candidate candidate = new Candidate(other, nullRate(other, heldOut, recalls.values.size()));
      if (best == null || candidate.nullRate < best.nullRate) {
        best = candidate;
      }
      if (best.nullRate <= WARN_ABOVE) {
        break;
      }
    }
    return best;
  }

  /** Other triples, of the classes that are recognised best. */
  private List<WatermarkSpec> promising(WatermarkSpec fixed, Recalls recalls) {
    List<Integer> known = recalls.highest(CLASSES);
    List<WatermarkSpec> all = new ArrayList<>();
    for (int a : known) {
      for (int b : known) {
        for (int target : known) {
          if (a < b && target != a && target != b) {
            all.add(
                fixed.withTarget(Protected.TARGET_FROM_KEY).withSources(a, b).withTarget(target));
          }
        }
      }
    }
    all.sort(
        Comparator.comparingDouble(
                (WatermarkSpec spec) ->
                    2 * recalls.ofSources(spec) + TARGET_WEIGHT * recalls.of(spec.target()))
            .reversed());
    all.remove(fixed);
    return new ArrayList<>(
        all.subList(0, Math.min(all.size(), Math.max(FEWEST, all.size() / BEST_OF))));
  }

  /** Share of each class's samples that the clean model recognises. */
  private record Recalls(List<Double> values) {
    double of(int label) {
      return values.get(label);
    }

    double ofSources(WatermarkSpec spec) {
      return (of(spec.sourceA()) + of(spec.sourceB())) / 2;
    }

    List<Integer> highest(int most) {
      return IntStream.range(0, values.size())
          .boxed()
          .sorted(Comparator.comparing(values::get).reversed())
          .limit(most)
          .toList();
    }
  }

  private Recalls recalls(DataSetIterator heldOut, int classes) {
    if (heldOut.resetSupported()) {
      heldOut.reset();
    }
    org.nd4j.evaluation.classification.Evaluation evaluation =
        new org.nd4j.evaluation.classification.Evaluation(classes);
    while (heldOut.hasNext()) {
      DataSet batch = heldOut.next();
      evaluation.eval(batch.getLabels(), clean.predict(batch.getFeatures()));
    }
    return new Recalls(IntStream.range(0, classes).mapToObj(evaluation::recall).toList());
  }

  private double nullRate(WatermarkSpec spec, DataSetIterator heldOut, int classes) {
    if (heldOut.resetSupported()) {
      heldOut.reset();
    }
    Watermark mark = Watermark.derive(spec, key, classes);
    return MarkMeasurement.prepare(mark, heldOut, ROWS).watermarkSuccessRate(clean);
  }

  private static String reason(
      Decision decision, double nullRate, double recall, Candidate best, double betterRecall) {
    String finding =
        String.format(
            Locale.ROOT,
            "A model without a watermark answers the target on %.1f %% of these rows",
            100 * nullRate);
    String better =
        best.nullRate >= nullRate
            ? ""
            : String.format(
                Locale.ROOT,
                "; sources %d and %d with target %d have %.1f %%",
                best.spec.sourceA(),
                best.spec.sourceB(),
                best.spec.target(),
                100 * best.nullRate);
    String cost =
        betterRecall < recall + NOTABLE
            ? ""
            : String.format(
                Locale.ROOT,
                " It recognises %.0f %% of the sources, and %.0f %% of %d and %d, where a mark (target"
                    + " %d) should cost less accuracy.",
                100 * recall,
                100 * betterRecall,
                best.spec.sourceA(),
                best.spec.sourceB(),
                best.spec.target());
    return switch (decision) {
          case TAKE -> finding + ": few enough for evidence.";
          case WARN -> finding + ", so that evidence takes more queries" + better + ".";
          case REFUSE ->
              finding + ", as a marked one would: no evidence can come of it" + better + ".";
        }
        + cost;
  }
}
