package org.meadefender.advice;

import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.data.LabelledSamples;
import org.meadefender.internal.RandomState;
import org.meadefender.internal.evaluation.Evaluator;
import org.meadefender.internal.network.Networks;
import org.meadefender.train.Method;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingOptions;

/**
 * What a mark costs a network at one point of its training: two copies go on over the same samples,
 * with and without it, and their accuracies are compared.
 */
final class MarkCost {
  /** Samples that both copies go on over: the estimates of different samples agree from here on. */
  static final int ROWS = 4_096;

  private final ProtectedModel<?> model;
  private final Evaluator evaluator;

  /**
   * Prepares.
   *
   * @param evaluator with the samples that accuracies are measured on
   */
  MarkCost(ProtectedModel<?> model, Evaluator evaluator) {
    this.model = model;
    this.evaluator = evaluator;
  }

  /**
   * What going on without the mark gives back.
   *
   * @param samples of the training, with their labels
   * @param batch rows per step
   * @param seed of the order
   */
  AccuracyLoss estimate(Method method, LabelledSamples samples, int batch, long seed) {
    LabelledSamples some = samples.take(ROWS);
    Evaluator.Right plain =
        rightAfter(copy -> ((NeuralNetwork) copy).fit(some.shuffledBatches(batch, seed)));
    if (!isMarkable(some)) {
      // Without a mark there is nothing to compare.
      return AccuracyLoss.of(plain.places(), plain.places(), plain.rows());
    }
    TrainingOptions options =
        TrainingOptions.epochs(1)
            .withMethod(method.markedThroughout())
            .withAcceleration(isAccelerated())
            .withProgress(progress -> {});
    Evaluator.Right marked =
        rightAfter(
            copy ->
                ProtectedModel.create(model.specs(), model.key(), copy)
                    .fit(some.shuffledBatches(batch, seed), options));
    return AccuracyLoss.of(plain.places(), marked.places(), plain.rows());
  }

  private boolean isAccelerated() {
    return Acceleration.accelerated(model.network()) > 0;
  }

  /** Whether the samples have all sources, and are enough for a row of each mark. */
  private boolean isMarkable(LabelledSamples samples) {
    Set<Integer> present =
        IntStream.range(0, samples.size()).mapToObj(samples::topClass).collect(Collectors.toSet());
    return model.specs().stream()
        .allMatch(
            spec ->
                present.contains(spec.sourceA())
                    && present.contains(spec.sourceB())
                    && spec.ratio() * samples.size() >= 1);
  }

  /** The held-out samples that a copy classifies correctly after a training. */
  private Evaluator.Right rightAfter(Consumer<Model> training) {
    return RandomState.kept(
        () -> {
          Model copy = Networks.copy(model.network());
          Acceleration.choose(copy, isAccelerated());
          MeanParameters mean = new MeanParameters();
          copy.setListeners(mean);
          training.accept(copy);
          mean.giveTo(copy);
          return evaluator.right(copy, Long.MAX_VALUE);
        });
  }
}
