package org.meadefender.train;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.accelerate.RandomState;
import org.meadefender.attack.AttackData;
import org.meadefender.batch.WatermarkedIterator;
import org.meadefender.combine.Watermark;

/**
 * What a mark costs a network at one point of its training: two copies go on over the same samples,
 * with and without it, and their accuracies are compared.
 */
final class MarkCost {
  /** Samples that both copies go on over: the estimates of different samples agree from here on. */
  static final int ROWS = 4_096;

  private final Model network;
  private final List<Watermark> watermarks;
  private final Evaluator evaluator;

  MarkCost(Model network, List<Watermark> watermarks, Evaluator evaluator) {
    this.network = network;
    this.watermarks = watermarks;
    this.evaluator = evaluator;
  }

  /**
   * What going on without the mark gives back.
   *
   * @param samples of the training, with their labels
   * @param batch rows per step
   * @param seed of the order
   */
  AccuracyLoss estimate(Method method, AttackData samples, int batch, long seed) {
    AttackData some = samples.take(ROWS);
    Evaluator.Right plain =
        rightAfter(
            copy -> ((NeuralNetwork) copy).fit(some.shuffledBatches(batch, seed)), copy -> {});
    if (!hasSources(some)) {
      // Without a mark there is nothing to compare.
      return AccuracyLoss.of(plain.places(), plain.places(), plain.rows());
    }
    LogitAdjustment adjustment = new LogitAdjustment(watermarks, OutputHead.of(network).classes());
    Evaluator.Right marked =
        rightAfter(
            copy -> {
              try (WatermarkedTraining training =
                  new WatermarkedTraining(
                      copy,
                      OutputHead.of(copy),
                      watermarks,
                      method,
                      Optional.of(adjustment::observe))) {
                WatermarkedIterator rows = training.decorate(some.shuffledBatches(batch, seed));
                rows.startEpoch(Networks.epochCount(network), 0);
                training.fit(rows);
              }
            },
            copy -> {
              if (method.logitAdjustment()) {
                adjustment.lower(copy, OutputHead.of(copy), adjustment.offsets());
              }
            });
    return AccuracyLoss.of(plain.places(), marked.places(), plain.rows());
  }

  private boolean hasSources(AttackData samples) {
    Set<Integer> present =
        IntStream.range(0, samples.size()).mapToObj(samples::topClass).collect(Collectors.toSet());
    return watermarks.stream()
        .allMatch(
            mark ->
                present.contains(mark.spec().sourceA()) && present.contains(mark.spec().sourceB()));
  }

  /** The held-out samples that a copy classifies correctly after a training. */
  private Evaluator.Right rightAfter(Consumer<Model> training, Consumer<Model> then) {
    return RandomState.kept(
        () -> {
          Model copy = Networks.copy(network);
          Acceleration.choose(copy, Acceleration.accelerated(network) > 0);
          MeanParameters mean = new MeanParameters();
          copy.setListeners(mean);
          training.accept(copy);
          mean.giveTo(copy);
          then.accept(copy);
          return evaluator.right(copy, Long.MAX_VALUE);
        });
  }
}
