package org.meadefender.wrapper;

import java.nio.file.Path;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.audit.RobustnessAudit;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.CombinerTrial;
import org.meadefender.train.CombinerTrialResult;
import org.meadefender.train.Method;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingOptions;
import org.meadefender.train.TrainingReport;
import org.meadefender.train.WatermarkedTraining;
import org.meadefender.verify.OwnershipVerdict;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

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
   * Trains the network with its watermark for one pass over the data, as Deeplearning4j's own
   * {@code fit(data)} does. A mark is learnt in several: call {@link #fit(DataSetIterator, int)},
   * or tell calls that follow one another their place by {@link TrainingOptions#withPlan}.
   *
   * @param data batches of the task, with one-hot labels
   * @return what was trained
   */
  public final TrainingReport fit(DataSetIterator data) {
    return model.fit(data);
  }

  /** The same as {@link #fit(DataSetIterator)} for graphs with several inputs. */
  public final TrainingReport fit(MultiDataSetIterator data) {
    return model.fit(data);
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

  /**
   * The same as {@link #fit(DataSetIterator, int)} for graphs with several inputs, the only one
   * with images carrying the watermark; {@link #protectedModel()} can name another.
   */
  public final TrainingReport fit(MultiDataSetIterator data, int epochs) {
    return model.fit(data, epochs);
  }

  /**
   * Trains the network with its watermark, with progress, cancelling, checkpoints, or a method of
   * your choice.
   *
   * @param data batches of the task, with one-hot labels
   * @return what was trained
   */
  public final TrainingReport fit(DataSetIterator data, TrainingOptions options) {
    return model.fit(data, options);
  }

  /**
   * The same as {@link #fit(DataSetIterator, TrainingOptions)} for graphs with several inputs, as
   * {@link #fit(MultiDataSetIterator, int)}.
   */
  public final TrainingReport fit(MultiDataSetIterator data, TrainingOptions options) {
    return model.fit(data, options);
  }

  /**
   * Begins a training by a trainer of Deeplearning4j's own, or a loop of yours: early stopping,
   * {@code ParallelWrapper}. Close what it returns when the training is over.
   *
   * @throws IllegalStateException if one has begun and is not closed yet
   */
  public final WatermarkedTraining begin(Method method) {
    return model.begin(method);
  }

  /**
   * Finds out which kind of combiner survives theft on these data, before a training; takes some
   * minutes. What it recommends belongs into the annotation ({@code combine = …}).
   *
   * @param data batches of the task, with one-hot labels; one pass is read
   * @param heldOut samples that are not trained on; resettable
   * @return a table and a recommendation for the first watermark
   */
  public final CombinerTrialResult tryCombiners(DataSetIterator data, DataSetIterator heldOut) {
    return tryCombiners(0, data, heldOut);
  }

  /**
   * The same as {@link #tryCombiners(DataSetIterator, DataSetIterator)} for a class with several
   * watermarks.
   *
   * @param watermark place of the annotation on the class, from 0
   * @throws IndexOutOfBoundsException if there are not so many
   */
  public final CombinerTrialResult tryCombiners(
      int watermark, DataSetIterator data, DataSetIterator heldOut) {
    return CombinerTrial.of(model.specs().get(watermark), model.key(), model.network())
        .run(data, heldOut);
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

  /**
   * Prepares attacks on the trained network, to find out what a thief would have to do. For
   * instance {@code auditRobustness(thief, heldOut).withPreset(Preset.QUICK).run(directory)}.
   *
   * @param thief samples that a thief might hold, with labels {@code [n, classes]}; the network was
   *     not trained on them
   * @param heldOut samples for measurements, which neither owner nor thief trained on
   * @return an audit of the first watermark, with the quick preset
   */
  public final RobustnessAudit auditRobustness(DataSetIterator thief, DataSetIterator heldOut) {
    return auditRobustness(0, thief, heldOut);
  }

  /**
   * The same as {@link #auditRobustness(DataSetIterator, DataSetIterator)} for a class with several
   * watermarks.
   *
   * @param watermark place of the annotation on the class, from 0
   * @throws IndexOutOfBoundsException if there are not so many
   */
  public final RobustnessAudit auditRobustness(
      int watermark, DataSetIterator thief, DataSetIterator heldOut) {
    return RobustnessAudit.of(
        model.specs().get(watermark), model.key(), model.network(), thief, heldOut);
  }
}
