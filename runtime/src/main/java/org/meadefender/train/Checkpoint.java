package org.meadefender.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.release.WholeFile;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Everything that the rest of a training depends on, in one file of a directory: parameters,
 * updater state, counters, the state of ND4J's random numbers (dropout), what is trained, and what
 * rehearsals changed.
 */
final class Checkpoint {
  private static final String FILE = "checkpoint.zip";
  private static final String STATE = "state.properties";
  private static final String PARAMETERS = "parameters.bin";
  private static final String UPDATER = "updater.bin";
  private static final String OFFSETS = "logitOffsets";

  private final Path file;
  private final String identity;

  /**
   * A place for the checkpoints of one training.
   *
   * @param identity of network, watermark, key and method; a checkpoint of another is refused
   */
  Checkpoint(Path directory, String identity) {
    this.file = directory.resolve(FILE);
    this.identity = identity;
  }

  /**
   * What is not in the network.
   *
   * @param epochsDone the number of epochs it has behind it; 0 if there is no checkpoint
   * @param method how its mark is taught from here on
   * @param offsets of the logit adjustment, if the training ends here
   */
  record Restored(int epochsDone, Method method, List<Double> offsets) {}

  /**
   * Replaces the last checkpoint; it is whole at any time.
   *
   * @param network without logit adjustment
   */
  void save(Model network, int epochsDone, Method method, List<Double> offsets) {
    Random random = Nd4j.getRandom();
    Properties state = new Properties();
    state.setProperty("identity", identity);
    state.setProperty("epochsDone", Integer.toString(epochsDone));
    state.setProperty("iterations", Integer.toString(Networks.iterationCount(network)));
    state.setProperty("epochs", Integer.toString(Networks.epochCount(network)));
    state.setProperty("randomRoot", Long.toString(random.rootState()));
    state.setProperty("randomNode", Long.toString(random.nodeState()));
    state.setProperty(
        OFFSETS, offsets.stream().map(each -> each.toString()).collect(Collectors.joining(" ")));
    SteeredValues.write(method, state);
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
   * Brings a network to the state of the last checkpoint.
   *
   * @param method how its mark is taught where there is no checkpoint
   * @throws IllegalArgumentException if the checkpoint is of another training, or damaged
   */
  Restored restore(Model network, Method method) {
    if (!Files.exists(file)) {
      return new Restored(0, method, List.of());
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Properties state = new Properties();
      state.load(new java.io.ByteArrayInputStream(read(zip, STATE).orElseThrow(this::damaged)));
      if (!identity.equals(state.getProperty("identity"))) {
        throw new IllegalArgumentException(
            "The checkpoint "
                + file
                + " is of another training ("
                + state.getProperty("identity")
                + ", not "
                + identity
                + "); choose another directory, or delete it");
      }
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
      return new Restored(
          number(state, "epochsDone"),
          SteeredValues.read(method, state),
          Arrays.stream(state.getProperty(OFFSETS, "").split(" "))
              .filter(each -> !each.isEmpty())
              .map(Double::valueOf)
              .toList());
    } catch (ZipException | NumberFormatException e) {
      throw new IllegalArgumentException(damaged().getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the checkpoint " + file, e);
    }
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
