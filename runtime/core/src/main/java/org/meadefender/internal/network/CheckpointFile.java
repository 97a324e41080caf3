package org.meadefender.internal.network;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.internal.WholeFile;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A file with the state of a network that is trained: parameters, updater state, counters, and what
 * a training says beside them. It is whole at any time.
 */
public final class CheckpointFile {
  private static final String TEXTS = "state.properties";
  private static final String PARAMETERS = "parameters.bin";
  private static final String UPDATER = "updater.bin";
  private static final String ITERATIONS = "iterations";
  private static final String EPOCHS = "epochs";

  private final Path file;

  /** A file that need not exist yet. */
  public CheckpointFile(Path file) {
    this.file = file;
  }

  /** Whether there is one. */
  public boolean exists() {
    return Files.exists(file);
  }

  /**
   * Replaces the last one.
   *
   * @param texts what the training says beside the network's state
   * @throws UncheckedIOException if it cannot be written; the last one is then as it was
   */
  public void save(Model network, Properties texts) {
    texts.setProperty(ITERATIONS, Integer.toString(Networks.iterationCount(network)));
    texts.setProperty(EPOCHS, Integer.toString(Networks.epochCount(network)));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      WholeFile.write(file, temporary -> write(network, texts, temporary));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the checkpoint " + file, e);
    }
  }

  private static void write(Model network, Properties texts, Path temporary) throws IOException {
    try (OutputStream out = Files.newOutputStream(temporary);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_SPEED);
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      texts.store(text, null);
      put(zip, TEXTS, text.toByteArray());
      put(zip, PARAMETERS, Nd4j.toByteArray(network.params()));
      Optional<INDArray> updater = Networks.updaterState(network);
      if (updater.isPresent()) {
        put(zip, UPDATER, Nd4j.toByteArray(updater.get()));
      }
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
  }

  /**
   * What the training said.
   *
   * @throws IllegalArgumentException if the file is damaged
   */
  public Properties texts() {
    return reading(
        zip -> {
          Properties texts = new Properties();
          texts.load(new ByteArrayInputStream(read(zip, TEXTS).orElseThrow(this::damaged)));
          return texts;
        });
  }

  /**
   * Brings a network to the saved state.
   *
   * @throws IllegalArgumentException if the file is damaged
   */
  public void restore(Model network) {
    Properties texts = texts();
    reading(
        zip -> {
          network.setParams(Nd4j.fromByteArray(read(zip, PARAMETERS).orElseThrow(this::damaged)));
          Optional<byte[]> updater = read(zip, UPDATER);
          if (updater.isPresent()) {
            Networks.setUpdaterState(network, Nd4j.fromByteArray(updater.get()));
          } else if (Networks.updaterState(network).isPresent()) {
            throw damaged();
          }
          Networks.setCounts(network, (int) number(texts, ITERATIONS), (int) number(texts, EPOCHS));
          return network;
        });
  }

  /**
   * A number that the training said.
   *
   * @throws IllegalArgumentException if there is none
   */
  public long number(Properties texts, String name) {
    try {
      return Long.parseLong(texts.getProperty(name, ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(damaged().getMessage(), e);
    }
  }

  /** What is done with an open file. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(ZipFile zip) throws IOException;
  }

  private <T> T reading(Reading<T> reading) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return reading.of(zip);
    } catch (ZipException e) {
      throw new IllegalArgumentException(damaged().getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the checkpoint " + file, e);
    }
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

  /** The file's path. */
  @Override
  public String toString() {
    return file.toString();
  }
}
