package org.meadefender.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.internal.WholeFile;
import org.meadefender.internal.network.Networks;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The driver's file after each epoch: parameters, updater state, counters, and what is trained.
 * Nothing of the mark is in it but a digest.
 */
final class SparkCheckpoint {
  private static final String STATE = "state.properties";
  private static final String PARAMETERS = "parameters.bin";
  private static final String UPDATER = "updater.bin";

  private final Path file;
  private final Map<String, String> identity;

  /**
   * A file for one training.
   *
   * @param identity what must be the same for it to go on
   */
  SparkCheckpoint(Path file, Map<String, String> identity) {
    this.file = file;
    this.identity = identity;
  }

  /** Replaces the last one; it is whole at any time. */
  void save(Model network, int startIterations, int epochsDone) {
    Properties state = new Properties();
    identity.forEach((name, value) -> state.setProperty("identity." + name, value));
    state.setProperty("startIterations", Integer.toString(startIterations));
    state.setProperty("epochsDone", Integer.toString(epochsDone));
    state.setProperty("iterations", Integer.toString(Networks.iterationCount(network)));
    state.setProperty("epochs", Integer.toString(Networks.epochCount(network)));
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
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      state.store(text, null);
      put(zip, STATE, text.toByteArray());
      put(zip, PARAMETERS, Nd4j.toByteArray(network.params()));
      INDArray updater = Networks.updaterState(network).orElse(null);
      if (updater != null) {
        put(zip, UPDATER, Nd4j.toByteArray(updater));
      }
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
  }

  /**
   * Brings a network that stands where the training began to where it was saved.
   *
   * @return the number of epochs that are done; 0 if there is no file
   * @throws IllegalArgumentException if the file is of another training, or damaged, or if the
   *     network does not stand there
   */
  int resume(Model network) {
    if (!Files.exists(file)) {
      return 0;
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Properties state = new Properties();
      state.load(new ByteArrayInputStream(read(zip, STATE)));
      requireSame(state);
      int start = number(state, "startIterations");
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
      network.setParams(Nd4j.fromByteArray(read(zip, PARAMETERS)));
      if (Networks.updaterState(network).isPresent()) {
        Networks.setUpdaterState(network, Nd4j.fromByteArray(read(zip, UPDATER)));
      }
      Networks.setCounts(network, number(state, "iterations"), number(state, "epochs"));
      return number(state, "epochsDone");
    } catch (ZipException | NumberFormatException e) {
      throw new IllegalArgumentException(damaged(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the checkpoint " + file, e);
    }
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

  private static int number(Properties state, String name) {
    return Integer.parseInt(state.getProperty(name));
  }

  private byte[] read(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IllegalArgumentException(damaged());
    }
    return zip.getInputStream(entry).readAllBytes();
  }

  private String damaged() {
    return "The checkpoint " + file + " is damaged; delete it to start afresh";
  }
}
