package org.meadefender.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.meadefender.combine.Watermark;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.ClassPairs.ClassPair;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Measures WSR, WFPR and spill of models on the same held-out samples: the figures of trainings and
 * audits, without any test of ownership.
 *
 * <p>Reads the data once; every model then gets the same rows, so that its figures can be compared.
 *
 * <pre>{@code
 * Watermark mark = Watermark.derive(WatermarkSpec.of(0, 1, 0.1), key, 10);
 * MarkMeasurement measurement = MarkMeasurement.prepare(mark, heldOut, 300);
 * WatermarkRates rates = measurement.on(SuspectModel.of(network));
 * System.out.println(rates.watermarkSuccessRate());
 * }</pre>
 *
 * @since 0.1.0
 */
public final class MarkMeasurement {
  private static final int BATCH = 256;

  private final MarkQueries queries;
  private final HeldOutSamples samples;
  private final List<Query> secret;
  private final List<Query> evasion;
  private final List<Query> spill;

  private MarkMeasurement(MarkQueries queries, HeldOutSamples samples) {
    this.queries = queries;
    this.samples = samples;
    this.secret = queries.secret();
    this.evasion = queries.ofPairs(0, queries.rows(), queries.mark().others());
    this.spill = spill(queries);
  }

  /**
   * Chooses held-out samples.
   *
   * @param mark the watermark
   * @param heldOut samples of both sources, and of further classes for spill; features as the model
   *     takes them, labels {@code [n, classes]}; read once, from its start
   * @param rows rows of each kind, at least 1; as many as there are pairs, if those are fewer
   * @throws IllegalArgumentException if the data lack a source class
   */
  public static MarkMeasurement prepare(Watermark mark, DataSetIterator heldOut, int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("rows is " + rows + "; it must be at least 1");
    }
    int sourceA = mark.spec().sourceA();
    int sourceB = mark.spec().sourceB();
    HeldOutSamples samples =
        HeldOutSamples.collect(
            heldOut,
            classes -> new HeldOutSamples.Needed(Set.of(sourceA, sourceB), Set.of(mark.target())),
            rows,
            /* withPanel= */ false,
            mark.random("measure/samples"));
    if (sourceA >= samples.classes()
        || sourceB >= samples.classes()
        || samples.ofClass(sourceA).isEmpty()
        || samples.ofClass(sourceB).isEmpty()) {
      throw new IllegalArgumentException(
          "The held-out data must hold samples of both source classes, "
              + sourceA
              + " and "
              + sourceB);
    }
    return new MarkMeasurement(new MarkQueries(mark, samples, rows), samples);
  }

  private static List<Query> spill(MarkQueries queries) {
    int target = queries.mark().target();
    List<ClassPair> pairs =
        queries.otherPairs().stream().filter(pair -> !pair.has(target)).toList();
    RandomGenerator random = queries.mark().random("measure/spill");
    List<Query> spill = new ArrayList<>();
    for (int i = 0; i < queries.rows() && !pairs.isEmpty(); i++) {
      spill.addAll(queries.ofOtherPair(pairs.get(i % pairs.size()), 1, random));
    }
    return spill;
  }

  /**
   * Measures one model.
   *
   * @throws org.meadefender.suspect.SuspectException if it does not answer with class probabilities
   */
  public WatermarkRates on(SuspectModel model) {
    return new WatermarkRates(rate(model, secret), rate(model, evasion), rate(model, spill));
  }

  /** Only the WSR, at a third of the cost. */
  public double watermarkSuccessRate(SuspectModel model) {
    return rate(model, secret).share();
  }

  private Rate rate(SuspectModel model, List<Query> questions) {
    RandomGenerator random = queries.mark().random("measure/rows");
    return QueryRunner.ofSuspect(model, samples, BATCH, random)
        .ask(questions)
        .rate(queries.mark().target());
  }
}
