package org.meadefender.train;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.internal.network.Networks;

/** The checkpoints of one training: whether it goes on with one, and whether that is its own. */
final class Resumption {
  private final Path directory;
  private final Checkpoint checkpoint;
  private final TrainingIdentity identity;
  private final int epochs;
  private final DataDigest digest = new DataDigest();
  private Optional<Checkpoint.Saved> saved = Optional.empty();
  private int startIterations;

  private Resumption(Path directory, TrainingIdentity identity, int epochs) {
    this.directory = directory;
    this.checkpoint = new Checkpoint(directory);
    this.identity = identity;
    this.epochs = epochs;
  }

  /**
   * Prepares; empty for a training without checkpoints.
   *
   * @param identity of all but the data
   */
  static Optional<Resumption> of(TrainingOptions options, TrainingIdentity identity) {
    return options
        .checkpoints()
        .map(directory -> new Resumption(directory, identity, options.epochs()));
  }

  /** The same data, of which the first epoch becomes a part of the training's identity. */
  <I extends Iterator<?>> I watch(Class<I> type, I data) {
    return digest.watch(type, data);
  }

  /**
   * Looks for a checkpoint.
   *
   * @return the number of epochs that need not be trained
   * @throws IllegalArgumentException if it is of another training, or if it is of one that came to
   *     its end and the network has moved on
   */
  int begin(Model network) {
    startIterations = Networks.iterationCount(network);
    saved = checkpoint.read(identity);
    if (saved.isEmpty()) {
      return 0;
    }
    int done = saved.get().epochsDone();
    if (done >= epochs) {
      checkpoint.requireStart(saved.get(), network);
      TrainingLog.wasFinished(directory, epochs);
    } else {
      TrainingLog.resumes(directory, done, epochs);
    }
    startIterations = saved.get().startIterations();
    return done;
  }

  /** An epoch's data are about to be read from their start. */
  void epochStarts() {
    digest.restart();
  }

  /**
   * An epoch's data have been read, but not trained on.
   *
   * @throws IllegalArgumentException if they are not those of the checkpoint's training
   */
  void epochSkipped() {
    digest.close();
    checkpoint.requireSame(saved.orElseThrow(), digest.in(identity));
  }

  /** Brings the network to the state of the checkpoint. */
  Checkpoint.Kept restore(Model network, int listeners) {
    return checkpoint.restore(saved.orElseThrow(), network, listeners);
  }

  /** Saves after an epoch. */
  void save(Model network, int epochsDone, Checkpoint.Kept kept) {
    digest.close();
    checkpoint.save(network, digest.in(identity), epochsDone, startIterations, kept);
  }
}
