package org.meadefender.train;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.internal.network.Networks;

/**
 * Saves a training after every epoch: network, and the state of all listeners. Tells whether it
 * goes on with a checkpoint, and whether that is its own.
 */
final class CheckpointListener implements RunListener {
  private final Path directory;
  private final Checkpoint checkpoint;
  private final TrainingIdentity identity;
  private final int epochs;
  private final DataDigest digest = new DataDigest();
  private Optional<Checkpoint.Saved> saved = Optional.empty();
  private int startIterations;

  private CheckpointListener(Path directory, TrainingIdentity identity, int epochs) {
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
  static Optional<CheckpointListener> of(TrainingOptions options, TrainingIdentity identity) {
    return options
        .checkpoints()
        .map(directory -> new CheckpointListener(directory, identity, options.epochs()));
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

  @Override
  public void dataStart() {
    digest.restart();
  }

  /**
   * An epoch's data have been read, but not trained on.
   *
   * @throws IllegalArgumentException if they are not those of the checkpoint's training
   */
  void requireSameData() {
    digest.close();
    checkpoint.requireSame(saved.orElseThrow(), digest.in(identity));
  }

  /** Brings network and listeners to the state of the checkpoint. */
  void restore(TrainingRun run) {
    List<RunListener> listeners = run.listeners();
    List<Map<String, String>> states =
        checkpoint.restore(saved.orElseThrow(), run.model().network(), listeners.size());
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).restore(states.get(i), run);
    }
  }

  @Override
  public void epochOver(TrainingRun run) {
    digest.close();
    checkpoint.save(
        run.model().network(),
        digest.in(identity),
        run.epoch(),
        startIterations,
        run.listeners().stream().map(RunListener::state).toList());
  }
}
