package org.meadefender.train;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.TrainingMarks;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.network.Networks;
import org.meadefender.loss.LossWeights;
import org.meadefender.loss.Mgda;

/**
 * Steps of a watermarked training that machines make which have no owner's key, as the workers of a
 * cluster.
 */
public final class WorkerTraining {
  private WorkerTraining() {}

  /** What such machines need to know of a model's marks: a secret, but not the owner's key. */
  public static TrainingMarks marks(ProtectedModel<?> model) {
    return TrainingMarks.of(model.specs(), model.key(), model.classes());
  }

  /**
   * The place of a graph's input that is to carry the mark.
   *
   * @throws IllegalArgumentException if there is no input of that name, or if it takes indices
   */
  public static int markedInput(Model network, String name) {
    int place = Networks.inputNamed(network, name);
    IndexInputs.refuse(network, place);
    return place;
  }

  /**
   * Refuses methods that need more than single steps.
   *
   * @throws IllegalArgumentException if the method takes the gradients of all layers, or adjusts
   *     the logits after the training
   */
  public static void requireSteps(Method method) {
    if (method.mgda().filter(each -> each.gradients() == Mgda.Gradients.ALL_LAYERS).isPresent()) {
      throw new IllegalArgumentException(
          "The method takes the gradients of ALL_LAYERS, which needs fit on one machine; take those"
              + " of the LAST_LAYER");
    }
    if (method.logitAdjustment()) {
      throw new IllegalArgumentException(
          "The method adjusts the logits after the training, which needs fit on one machine; take"
              + " withLogitAdjustment(false)");
    }
  }

  /**
   * Gives a copy of the network the watermark's loss, until what it returns is closed.
   *
   * @param mgda how the losses are balanced; null for fixed weights
   * @throws IllegalArgumentException as {@link #requireSteps}
   */
  public static WatermarkedTraining begin(
      Model copy, List<Watermark> marks, LossWeights weights, @Nullable Mgda mgda) {
    Method fixed = Method.DEFAULT.withWeights(weights).withRecipe(RowRecipe.PAPER);
    Method method = mgda == null ? fixed : fixed.withMgda(mgda);
    requireSteps(method);
    return new WatermarkedTraining(copy, OutputHead.of(copy), marks, method, Optional.empty());
  }
}
