package org.meadefender.spark;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.combine.TrainingMarks;
import org.meadefender.internal.network.CheckpointFile;
import org.meadefender.internal.network.Networks;
import org.meadefender.train.Method;

/**
 * The driver's file after each epoch: parameters, updater state, counters, and what is trained.
 * Nothing of the mark is in it but a digest.
 */
final class SparkCheckpoint {
  private final CheckpointFile file;
  private final Map<String, String> identity;

  /**
   * A file for one training.
   *
   * @param identity what must be the same for it to go on
   */
  SparkCheckpoint(Path file, Map<String, String> identity) {
    this.file = new CheckpointFile(file);
    this.identity = identity;
  }

  /** What must be the same for a training to go on. */
  static Map<String, String> identity(
      Model network,
      TrainingMarks marks,
      DataSurvey.Result found,
      ClusterSteps steps,
      int epochs,
      Method method,
      OptionalInt markedInput) {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("network", Integer.toHexString(Networks.configuration(network).hashCode()));
    identity.put("marks", marks.digest());
    identity.put("epochs", Integer.toString(epochs));
    identity.put("samples", Long.toString(found.rows()));
    identity.put("steps", steps.toString());
    identity.put("method", method.toString());
    identity.put(
        "marked input", markedInput.isPresent() ? Integer.toString(markedInput.getAsInt()) : "any");
    return identity;
  }

  /** Replaces the last one; it is whole at any time. */
  void save(Model network, int startIterations, int epochsDone) {
    Properties state = new Properties();
    identity.forEach((name, value) -> state.setProperty("identity." + name, value));
    state.setProperty("startIterations", Integer.toString(startIterations));
    state.setProperty("epochsDone", Integer.toString(epochsDone));
    file.save(network, state);
  }

  /**
   * Brings a network that stands where the training began to where it was saved.
   *
   * @return the number of epochs that are done; 0 if there is no file
   * @throws IllegalArgumentException if the file is of another training, or damaged, or if the
   *     network does not stand there
   */
  int resume(Model network) {
    if (!file.exists()) {
      return 0;
    }
    Properties state = file.texts();
    requireSame(state);
    long start = file.number(state, "startIterations");
    if (Networks.iterationCount(network) != start) {
      throw new IllegalArgumentException(
          "The checkpoint "
              + file
              + " is of a training that began at iteration "
              + start
              + ", but the network is at iteration "
              + Networks.iterationCount(network)
              + ", and would lose what it has learnt. Choose another file, or delete it");
    }
    file.restore(network);
    return (int) file.number(state, "epochsDone");
  }

  private void requireSame(Properties state) {
    List<String> differences =
        identity.entrySet().stream()
            .filter(each -> !each.getValue().equals(there(state, each.getKey())))
            .map(
                each ->
                    each.getKey()
                        + " (there "
                        + there(state, each.getKey())
                        + ", here "
                        + each.getValue()
                        + ")")
            .toList();
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          "The checkpoint "
              + file
              + " is of another training; it differs in "
              + String.join(", ", differences)
              + ". Train with the same, choose another file, or delete it");
    }
  }

  private static @Nullable String there(Properties state, String name) {
    return state.getProperty("identity." + name);
  }
}
