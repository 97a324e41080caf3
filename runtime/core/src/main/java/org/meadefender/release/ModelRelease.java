package org.meadefender.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.meadefender.internal.WholeFile;

/**
 * Writes a network for deployment: a plain Deeplearning4j zip that loads without our jars and says
 * nothing about a watermark.
 *
 * <p>The updater's state is left out; it serves training only, and doubles or triples the file.
 *
 * @since 0.1.0
 */
public final class ModelRelease {
  private static final String OUR_PACKAGES = "org.meadefender";

  private ModelRelease() {}

  /**
   * Writes the file as a whole or not at all; an older one is replaced. A copy of a protected
   * network that was made while it trained is written with the network's own loss.
   *
   * @throws IllegalStateException if the network's configuration names a class of ours, of which a
   *     plain Deeplearning4j would know nothing
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Model network, Path file) {
    try {
      WholeFile.write(
          file,
          temporary -> {
            ModelSerializer.writeModel(network, temporary.toFile(), false);
            requireNoTrace(temporary);
          });
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the network to " + file, e);
    }
  }

  private static void requireNoTrace(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile());
        InputStream in = file.getInputStream(file.getEntry(ModelSerializer.CONFIGURATION_JSON))) {
      String configuration = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (configuration.contains(OUR_PACKAGES)) {
        throw new IllegalStateException(
            "The network's configuration names a class of "
                + OUR_PACKAGES
                + "; take it out of the configuration");
      }
    }
  }
}
