package org.meadefender.attack.removal;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.internal.Features;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Transfer learning: a new output layer, then all layers train on another task.
 *
 * <p>The new network answers other classes. To ask it about the watermark, the source network's
 * output layer is put back on the transferred features: that is the network which is returned, and
 * its accuracy is the one on the old task.
 *
 * @param classes classes of the new task that are used, at least 2 and at most the old task's; the
 *     rows of {@code data} with other labels are left out
 * @param fit how all layers train
 */
public record TaskTransfer(int classes, FitSettings fit) implements RemovalAttack {
  private static final int EPOCHS = 5;

  /**
   * Checks the number of classes.
   *
   * @throws IllegalArgumentException if it is below 2
   */
  public TaskTransfer {
    if (classes < 2) {
      throw new IllegalArgumentException("classes is " + classes + "; it must be at least 2");
    }
  }

  /** 5 epochs of Adam at 1e-3. */
  public static TaskTransfer to(int classes) {
    return new TaskTransfer(classes, FitSettings.adam(EPOCHS));
  }

  /** The same with other training settings. */
  public TaskTransfer withFit(FitSettings newFit) {
    return new TaskTransfer(classes, newFit);
  }

  /**
   * Transfers.
   *
   * @param data samples of the new task, of the shape that the network takes, with one-hot labels
   *     no wider than the old task's
   */
  @Override
  public Model remove(Model source, LabelledSamples data, long seed, AttackListener listener) {
    Model copy = Architecture.copy(source, seed, fit.updater());
    MultiLayerNetwork original = Features.head(source, seed, fit.updater(), true);
    Features.putHead(copy, Features.head(source, seed, fit.updater(), false));
    int oldClasses = Math.toIntExact(original.getLayer(0).getParam("b").length());
    Classifiers.fit(copy, widened(data, oldClasses), new LossMCXENT(), fit, seed, listener);
    Features.putHead(copy, original);
    return copy;
  }

  private LabelledSamples widened(LabelledSamples data, int oldClasses) {
    if (classes > oldClasses) {
      throw new IllegalArgumentException(
          "classes is " + classes + ", but the network has " + oldClasses);
    }
    int[] rows = IntStream.range(0, data.size()).filter(i -> data.topClass(i) < classes).toArray();
    LabelledSamples used = data.select(rows);
    int[] labels = IntStream.range(0, rows.length).map(used::topClass).toArray();
    return used.withClasses(labels, oldClasses);
  }
}
