package org.meadefender.suspect;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MinMaxStrategy;
import org.nd4j.linalg.dataset.api.preprocessor.StandardizeStrategy;
import org.nd4j.linalg.dataset.api.preprocessor.stats.DistributionStats;
import org.nd4j.linalg.dataset.api.preprocessor.stats.MinMaxStats;

/**
 * The normalizer that {@code ModelSerializer} keeps beside a network: what samples go through
 * before the network sees them.
 *
 * <p>Read without {@code NormalizerSerializer}, which loads a class that the file names. Of the
 * kinds for several inputs only a single input is read.
 */
final class StoredNormalizer {
  private static final String MAGIC = "NORMALIZER";
  private static final int VERSION = 1;
  private static final int LONGEST_NAME = 40;

  private final String kind;
  private final Optional<Consumer<INDArray>> inPlace;
  private final String fault;

  private StoredNormalizer(String kind, Optional<Consumer<INDArray>> inPlace, String fault) {
    this.kind = kind;
    this.inPlace = inPlace;
    this.fault = fault;
  }

  /** One that is not read: it is Java-serialized, and reading it would run a stranger's classes. */
  static StoredNormalizer unread(String entry) {
    return new StoredNormalizer(
        entry, Optional.empty(), "it is Java-serialized, and reading it would run what it names");
  }

  /** Reads one, within the bytes at hand; one that cannot be read says why it is not used. */
  static StoredNormalizer read(byte[] bytes) {
    String kind = "unknown";
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (!in.readUTF().equals(MAGIC) || in.readInt() != VERSION) {
        return new StoredNormalizer(kind, Optional.empty(), "it is of another format or version");
      }
      String name = in.readUTF();
      kind = name.substring(0, Math.min(LONGEST_NAME, name.length())).replaceAll("\\W", "?");
      Optional<Consumer<INDArray>> found = ofKind(kind, in);
      return new StoredNormalizer(
          kind, found, "its kind is not supported: it may hold a stranger's classes");
    } catch (IOException | RuntimeException e) {
      return new StoredNormalizer(kind, Optional.empty(), "it is damaged");
    }
  }

  private static Optional<Consumer<INDArray>> ofKind(String kind, DataInputStream in)
      throws IOException {
    switch (kind) {
      case "STANDARDIZE", "MULTI_STANDARDIZE" -> {
        in.readBoolean();
        requireOneInput(kind, in);
        DistributionStats stats = new DistributionStats(row(in), row(in));
        return Optional.of(values -> new StandardizeStrategy().preProcess(values, null, stats));
      }
      case "MIN_MAX", "MULTI_MIN_MAX" -> {
        in.readBoolean();
        requireOneInput(kind, in);
        MinMaxStrategy strategy = new MinMaxStrategy(in.readDouble(), in.readDouble());
        MinMaxStats stats = new MinMaxStats(row(in), row(in));
        return Optional.of(values -> strategy.preProcess(values, null, stats));
      }
      case "IMAGE_MIN_MAX" -> {
        ImagePreProcessingScaler scaler =
            new ImagePreProcessingScaler(in.readDouble(), in.readDouble());
        scaler.setMaxPixelVal(in.readDouble());
        return Optional.of(scaler::preProcess);
      }
      default -> {
        return Optional.empty();
      }
    }
  }

  private static void requireOneInput(String kind, DataInputStream in) throws IOException {
    if (kind.startsWith("MULTI")) {
      int inputs = in.readInt();
      in.readInt();
      if (inputs != 1) {
        throw new IllegalArgumentException("It has " + inputs + " inputs");
      }
    }
  }

  private static INDArray row(DataInputStream in) throws IOException {
    return StoredArray.readRow(in, "the normalizer's values");
  }

  /** What it is called. */
  String kind() {
    return kind;
  }

  /** Why it cannot be used; empty if it can. */
  Optional<String> fault() {
    return inPlace.isPresent() ? Optional.empty() : Optional.of(fault);
  }

  /**
   * What the network is given.
   *
   * @param features samples as they were collected; not changed
   */
  INDArray apply(INDArray features) {
    INDArray values =
        features.dataType().isFPType() ? features.dup('c') : features.castTo(DataType.FLOAT);
    inPlace.orElseThrow().accept(values);
    return values;
  }
}
