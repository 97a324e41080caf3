package org.meadefender.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.internal.WholeFile;
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
  private static final String STATE = "state.properties";
  private static final String PARAMETERS = "parameters.bin";
  private static final String UPDATER = "updater.bin";

  private final Path file;

  /** A place for the checkpoints of one training. */
  Checkpoint(Path directory) {
    this.file = directory.resolve(FILE);
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
    state.setProperty("iterations", Integer.toString(Networks.iterationCount(network)));
    state.setProperty("epochs", Integer.toString(Networks.epochCount(network)));
    state.setProperty("randomRoot", Long.toString(random.rootState()));
    state.setProperty("randomNode", Long.toString(random.nodeState()));
    for (int i = 0; i < listeners.size(); i++) {
      String prefix = prefix(i);
      listeners.get(i).forEach((name, value) -> state.setProperty(prefix + name, value));
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      WholeFile.write(file, temporary -> write(network, state, temporary));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the checkpoint " + file, e);
    }
  }

  private static void write(Model network, Properties state, Path temporary) throws IOException {
    try (OutputStream out = Files.newOutputStream(temporary);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(java.util.zip.Deflater.BEST_SPEED);
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      state.store(text, null);
      zip.putNextEntry(new ZipEntry(STATE));
      zip.write(text.toByteArray());
      zip.putNextEntry(new ZipEntry(PARAMETERS));
      zip.write(Nd4j.toByteArray(network.params()));
      var updater = Networks.updaterState(network);
      if (updater.isPresent()) {
        zip.putNextEntry(new ZipEntry(UPDATER));
        zip.write(Nd4j.toByteArray(updater.get()));
      }
    }
  }

  /**
   * Reads what the last checkpoint says, and leaves the network alone; empty if there is none.
   *
   * @throws IllegalArgumentException if the checkpoint is of another training, or damaged
   */
  Optional<Saved> read(TrainingIdentity identity) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Properties state = new Properties();
      state.load(new java.io.ByteArrayInputStream(read(zip, STATE).orElseThrow(this::damaged)));
      requireSame(state, identity);
      return Optional.of(
          new Saved(number(state, "epochsDone"), number(state, "startIterations"), state));
    } catch (ZipException | NumberFormatException e) {
      throw new IllegalArgumentException(damaged().getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the checkpoint " + file, e);
    }
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
    try (ZipFile zip = new ZipFile(file.toFile())) {
      network.setParams(Nd4j.fromByteArray(read(zip, PARAMETERS).orElseThrow(this::damaged)));
      Optional<byte[]> updater = read(zip, UPDATER);
      if (updater.isPresent()) {
        Networks.setUpdaterState(network, Nd4j.fromByteArray(updater.get()));
      }
      Networks.setCounts(network, number(state, "iterations"), number(state, "epochs"));
      Nd4j.getRandom()
          .setStates(
              Long.parseLong(state.getProperty("randomRoot")),
              Long.parseLong(state.getProperty("randomNode")));
      return IntStream.range(0, listeners).mapToObj(i -> startingWith(prefix(i), state)).toList();
    } catch (ZipException | NumberFormatException e) {
      throw new IllegalArgumentException(damaged().getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the checkpoint " + file, e);
    }
  }

  private static String prefix(int listener) {
    return "listener." + listener + ".";
  }

  private static Map<String, String> startingWith(String prefix, Properties state) {
    return state.stringPropertyNames().stream()
        .filter(name -> name.startsWith(prefix))
        .collect(Collectors.toMap(name -> name.substring(prefix.length()), state::getProperty));
  }

  private static int number(Properties state, String name) {
    return Integer.parseInt(state.getProperty(name));
  }

  private static Optional<byte[]> read(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return Optional.of(in.readAllBytes());
    }
  }

  private IllegalArgumentException damaged() {
    return new IllegalArgumentException(
        "The checkpoint " + file + " is damaged; delete it to start afresh");
  }
}
