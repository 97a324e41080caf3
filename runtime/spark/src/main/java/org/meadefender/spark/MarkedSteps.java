package org.meadefender.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.TrainingMarks;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.batch.StepMixer;
import org.meadefender.internal.network.Networks;
import org.meadefender.loss.LossWeights;
import org.meadefender.loss.Mgda;
import org.meadefender.train.Method;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * What travels to the workers of how they teach the mark: nothing of the mark itself.
 *
 * @param place where they find the mark
 * @param digest of the marks that they must find there
 * @param weights see {@link Method}
 * @param recipe see {@link Method}
 * @param mgda see {@link Method}; null for fixed weights
 * @param firstStep count of the network's iterations from which on the mark is taught
 * @param acceleration whether steps may run on oneDNN
 * @param sources samples for minibatches without any of a source class; null for none
 * @param markedInput place of the graph's input that carries the mark; negative for the only one,
 *     or the only one with images
 */
record MarkedSteps(
    MarkPlace place,
    String digest,
    LossWeights weights,
    RowRecipe recipe,
    @Nullable Mgda mgda,
    int firstStep,
    boolean acceleration,
    @Nullable Broadcast<MultiDataSet> sources,
    int markedInput)
    implements Serializable {

  static MarkedSteps of(
      MarkPlace place,
      TrainingMarks marks,
      Method method,
      int firstStep,
      boolean acceleration,
      Optional<Broadcast<MultiDataSet>> sources,
      OptionalInt markedInput) {
    return new MarkedSteps(
        place,
        marks.digest(),
        method.weights(),
        method.recipe(),
        method.mgda().orElse(null),
        firstStep,
        acceleration,
        sources.orElse(null),
        markedInput.orElse(-1));
  }

  /**
   * The marks for one partition of one split.
   *
   * @throws IllegalStateException if the worker has none, or those of another model
   */
  List<Watermark> marks(int iteration, int partition) {
    TrainingMarks marks = place.find();
    if (!marks.digest().equals(digest)) {
      throw new IllegalStateException(
          "The training marks at "
              + place
              + " are "
              + marks
              + ", but this training's are "
              + digest
              + "; write those of this model there");
    }
    return marks.at("iteration " + iteration + ", partition " + partition);
  }

  /** What mixes the minibatches there. */
  StepMixer mixer(List<Watermark> marks) {
    StepMixer mixer =
        new StepMixer(
            marks, recipe, markedInput < 0 ? OptionalInt.empty() : OptionalInt.of(markedInput));
    if (sources != null) {
      mixer.collect(sources.value());
    }
    return mixer;
  }

  /** How single steps teach the mark. */
  Method method() {
    Method fixed = Method.DEFAULT.withWeights(weights).withRecipe(recipe);
    return mgda == null ? fixed : fixed.withMgda(mgda);
  }

  boolean teaches(Model network) {
    return Networks.iterationCount(network) >= firstStep;
  }
}
