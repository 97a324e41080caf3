package org.meadefender.verify;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.meadefender.suspect.SuspectModel;

/**
 * Unrelated models, asked the same rows as a suspect: what they answer too is no sign of a mark.
 */
final class Independents {
  private final List<SuspectModel> models;
  private final HeldOutSamples samples;
  private final int batch;
  private final Supplier<RandomGenerator> order;

  /**
   * Prepares.
   *
   * @param order of the rows, afresh for every model
   */
  Independents(
      List<SuspectModel> models,
      HeldOutSamples samples,
      int batch,
      Supplier<RandomGenerator> order) {
    this.models = models;
    this.samples = samples;
    this.batch = batch;
    this.order = order;
  }

  /** Number of models. */
  int size() {
    return models.size();
  }

  /**
   * The answers of each model.
   *
   * @throws org.meadefender.suspect.SuspectException if one cannot be questioned
   */
  List<int[]> ask(List<Query> queries) {
    return IntStream.range(0, models.size())
        .mapToObj(
            i ->
                Interrogation.ofIndependent(i + 1, models.get(i), samples, batch, order.get())
                    .ask(queries))
        .toList();
  }

  /** The highest rate of an answer among the models; no rows if there are none. */
  static Rate highest(List<int[]> answers, int label) {
    return highest(answers.stream().map(each -> QuerySheet.rate(each, label)).toList());
  }

  /** The highest of the models' rates; no rows if there are none. */
  static Rate highest(List<Rate> rates) {
    return rates.stream().max(Comparator.comparingDouble(Rate::share)).orElse(Rate.NONE);
  }
}
