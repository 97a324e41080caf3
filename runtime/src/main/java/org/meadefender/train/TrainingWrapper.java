package org.meadefender.train;

import java.nio.file.Path;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.OwnershipVerdict;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * What all wrappers have in common that the annotation processor generates.
 *
 * @param <M> type of the network
 */
public abstract class TrainingWrapper<M extends Model> {
  private final ProtectedModel<M> model;

  /** For generated wrappers. */
  protected TrainingWrapper(ProtectedModel<M> model) {
    this.model = Objects.requireNonNull(model);
  }

  /**
   * Trains the network with its watermark. Stopping and starting again continues the training.
   *
   * @param data batches of the task, with one-hot labels
   * @param epochs passes over the data, at least 1
   * @return what was trained
   */
  public final TrainingReport fit(DataSetIterator data, int epochs) {
    return model.fit(data, epochs);
  }

  /** The network in training: the live one, not a copy. */
  public final M network() {
    return model.network();
  }

  /** What this wrapper delegates to, which has more options. */
  public final ProtectedModel<M> protectedModel() {
    return model;
  }

  /**
   * Saves the network as a plain Deeplearning4j file without a trace of the watermark.
   *
   * @param file the zip to write
   */
  public final void release(Path file) {
    model.release(file);
  }

  /**
   * Tests a suspect for the watermark.
   *
   * @param suspect the model to test; only its answers are used
   * @param heldOut task samples that no model was trained on, with one-hot labels
   * @return the verdict with its figures
   */
  public final OwnershipVerdict verifyOwnership(SuspectModel suspect, DataSetIterator heldOut) {
    return model.verifyOwnership(suspect, heldOut);
  }

  /** The same as {@link #verifyOwnership(SuspectModel, DataSetIterator)} for a network. */
  public final OwnershipVerdict verifyOwnership(Model suspect, DataSetIterator heldOut) {
    return verifyOwnership(SuspectModel.of(suspect), heldOut);
  }

  /** The same as {@link #verifyOwnership(SuspectModel, DataSetIterator)} for a file. */
  public final OwnershipVerdict verifyOwnership(Path suspect, DataSetIterator heldOut) {
    return verifyOwnership(SuspectModel.load(suspect), heldOut);
  }
}
