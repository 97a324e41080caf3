package org.meadefender.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.internal.network.CheckpointFile;
import org.meadefender.internal.network.Networks;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Everything that the rest of a training depends on, in one file of a directory: parameters,
 * updater state, counters, the state of ND4J's random numbers (dropout), what is trained, and what
 * listeners keep.
 */
final class Checkpoint {
  private static final String FILE = "checkpoint.zip";

  private final CheckpointFile file;

  /** A place for the checkpoints of one training. */
  Checkpoint(Path directory) {
    this.file = new CheckpointFile(directory.resolve(FILE));
  }

  /**
   * What a checkpoint says of its training.
   *
   * @param epochsDone the number of epochs it has behind it
   * @param startIterations the network's count of iterations when the training began
   * @param state all values
   */
  record Saved(int epochsDone, int startIterations, Properties state) {}

  /**
   * Replaces the last checkpoint; it is whole at any time.
   *
   * @param network without logit adjustment
   * @param startIterations the network's count of iterations when the training began
   * @param listeners what each of them keeps
   */
  void save(
      Model network,
      TrainingIdentity identity,
      int epochsDone,
      int startIterations,
      List<Map<String, String>> listeners) {
    Random random = Nd4j.getRandom();
    Properties state = new Properties();
    identity.write(state);
    state.setProperty("startIterations", Integer.toString(startIterations));
    state.setProperty("epochsDone", Integer.toString(epochsDone));
    state.setProperty("randomRoot", Long.toString(random.rootState()));
    state.setProperty("randomNode", Long.toString(random.nodeState()));
    for (int i = 0; i < listeners.size(); i++) {
      String prefix = prefix(i);
      listeners.get(i).forEach((name, value) -> state.setProperty(prefix + name, value));
    }
    file.save(network, state);
  }

  /**
   * Reads what the last checkpoint says, and leaves the network alone; empty if there is none.
   *
   * @throws IllegalArgumentException if the checkpoint is of another training, or damaged
   */
  Optional<Saved> read(TrainingIdentity identity) {
    if (!file.exists()) {
      return Optional.empty();
    }
    Properties state = file.texts();
    requireSame(state, identity);
    return Optional.of(
        new Saved(
            (int) file.number(state, "epochsDone"),
            (int) file.number(state, "startIterations"),
            state));
  }

  /**
   * Compares a checkpoint with a training of which more is known by now.
   *
   * @throws IllegalArgumentException if they are not the same, naming what differs
   */
  void requireSame(Saved saved, TrainingIdentity identity) {
    requireSame(saved.state, identity);
  }

  private void requireSame(Properties state, TrainingIdentity identity) {
    List<String> differences = identity.differences(state);
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          "The checkpoint "
              + file
              + " is of another training; it differs in "
              + String.join(", ", differences)
              + ". Train with the same, choose another directory, or delete it");
    }
  }

  /**
   * Sees to it that giving back a finished training takes no later one from the network.
   *
   * @throws IllegalArgumentException if the network does not stand where that training began
   */
  void requireStart(Saved saved, Model network) {
    int iterations = Networks.iterationCount(network);
    if (iterations != saved.startIterations) {
      throw new IllegalArgumentException(
          "The checkpoint "
              + file
              + " is of a training that came to its end. It began at iteration "
              + saved.startIterations
              + ", but the network is at iteration "
              + iterations
              + ", and would lose what it has learnt. Choose another directory, or delete it, to"
              + " train further");
    }
  }

  /**
   * Brings a network to the state of a checkpoint.
   *
   * @param listeners number of listeners
   * @return what each of them kept
   * @throws IllegalArgumentException if the checkpoint is damaged
   */
  List<Map<String, String>> restore(Saved saved, Model network, int listeners) {
    Properties state = saved.state;
    file.restore(network);
    Nd4j.getRandom().setStates(file.number(state, "randomRoot"), file.number(state, "randomNode"));
    return IntStream.range(0, listeners).mapToObj(i -> startingWith(prefix(i), state)).toList();
  }

  private static String prefix(int listener) {
    return "listener." + listener + ".";
  }

  private static Map<String, String> startingWith(String prefix, Properties state) {
    return state.stringPropertyNames().stream()
        .filter(name -> name.startsWith(prefix))
        .collect(Collectors.toMap(name -> name.substring(prefix.length()), state::getProperty));
  }
}
