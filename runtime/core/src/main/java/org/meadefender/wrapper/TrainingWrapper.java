package org.meadefender.wrapper;

import java.nio.file.Path;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.spec.OwnerKey;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.Method;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingOptions;
import org.meadefender.train.TrainingReport;
import org.meadefender.train.WatermarkedTraining;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerifier;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * What all wrappers have in common that the annotation processor generates.
 *
 * @param <M> type of the network
 * @since 0.1.0
 */
public abstract class TrainingWrapper<M extends Model> {
  private final ProtectedModel<M> model;

  /** For generated wrappers. */
  protected TrainingWrapper(ProtectedModel<M> model) {
    this.model = Objects.requireNonNull(model);
  }

  /**
   * Creates the protected model of a class by its generated wrapper, for programs that learn the
   * class only at run time. Where the class is known, call its wrapper's {@code create} instead: a
   * missing wrapper is then an error of the compiler.
   *
   * @param source a class annotated with {@code @Protected} whose model needs no parameters
   * @return an untrained model that will be marked with the owner's key
   * @throws IllegalStateException if the class has no wrapper, with the likely reason, or if its
   *     {@code create} takes more than the key
   */
  public static TrainingWrapper<?> forClass(Class<?> source, OwnerKey key) {
    return WrapperClass.create(source, key);
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
    return OwnershipVerifier.verify(model.specs(), model.key(), suspect, heldOut);
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
