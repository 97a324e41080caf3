package org.meadefender.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.release.ModelRelease;
import org.meadefender.suspect.SuspectModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps reference networks by the digest of the samples that they were trained on, so that a second
 * verdict on the same data need not train them again.
 *
 * <p>Whoever can write to the directory can choose the panel: a checker uses a directory of his
 * own.
 */
public final class PanelCache {
  private static final Logger log = LoggerFactory.getLogger(PanelCache.class);

  /** System property that names the default directory. */
  public static final String DIRECTORY = "meadefender.cache";

  private final Optional<Path> directory;

  private PanelCache(Optional<Path> directory) {
    this.directory = directory;
  }

  /** In a directory, which is created. */
  public static PanelCache in(Path directory) {
    return new PanelCache(Optional.of(directory));
  }

  /** In memory only. */
  public static PanelCache none() {
    return new PanelCache(Optional.empty());
  }

  /**
   * In the directory that the system property {@value #DIRECTORY} names, else in {@code
   * .cache/mea-defender} of the user's home.
   */
  public static PanelCache standard() {
    String named = System.getProperty(DIRECTORY, "");
    return in(
        named.isBlank()
            ? Path.of(System.getProperty("user.home", "."), ".cache", "mea-defender")
            : Path.of(named));
  }

  /** Takes a network from the cache, or trains and keeps it. */
  MultiLayerNetwork network(String digest, int place, Supplier<MultiLayerNetwork> training) {
    if (directory.isEmpty()) {
      return training.get();
    }
    Path file =
        directory
            .get()
            .resolve("panel-" + ReferencePanel.RECIPE)
            .resolve(digest)
            .resolve(place + ".zip");
    Optional<MultiLayerNetwork> kept = read(file);
    if (kept.isPresent()) {
      return kept.get();
    }
    MultiLayerNetwork network = training.get();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ModelRelease.write(network, file);
    } catch (IOException | UncheckedIOException e) {
      // A cache that cannot be written costs time, not the verdict.
      log.warn("Reference networks cannot be kept in {}: {}", file.getParent(), e.toString());
    }
    return network;
  }

  private static Optional<MultiLayerNetwork> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return SuspectModel.loadNetwork(file) instanceof MultiLayerNetwork network
          ? Optional.of(network)
          : Optional.empty();
    } catch (RuntimeException e) {
      log.warn("The kept reference network {} cannot be read and is trained again", file);
      return Optional.empty();
    }
  }
}
