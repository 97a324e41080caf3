package org.meadefender.internal.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.reference.PanelCache;
import org.meadefender.release.ModelRelease;
import org.meadefender.suspect.SuspectModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks of one panel in a cache.
 *
 * @param directory of the panel; empty for none
 */
record KeptNetworks(Optional<Path> directory) {
  private static final Logger log = LoggerFactory.getLogger(KeptNetworks.class);

  /** Changes with whatever makes other networks of the same samples. */
  private static final int RECIPE = 2;

  /**
   * Those of some samples.
   *
   * @param digest of the samples
   */
  static KeptNetworks of(PanelCache cache, String digest) {
    return new KeptNetworks(
        cache.directory().map(each -> each.resolve("panel-" + RECIPE).resolve(digest)));
  }

  /** Takes a network from the cache, or trains and keeps it. */
  MultiLayerNetwork network(int place, Supplier<MultiLayerNetwork> training) {
    if (directory.isEmpty()) {
      return training.get();
    }
    Path file = directory.get().resolve(place + ".zip");
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
