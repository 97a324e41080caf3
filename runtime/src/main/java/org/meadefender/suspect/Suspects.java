package org.meadefender.suspect;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/** Suspects by what people write: a file name or an address. */
public final class Suspects {
  private Suspects() {}

  /**
   * Opens a suspect.
   *
   * @param location a Deeplearning4j zip, an {@code .onnx}, {@code .h5} or {@code .keras} file, or
   *     an http(s) address
   * @param classes number of classes of the held-out data
   * @param options for addresses
   * @throws IllegalArgumentException if it is none of these
   */
  public static SuspectModel open(String location, int classes, HttpOptions options) {
    String lower = location.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://") || lower.startsWith("https://")) {
      return HttpSuspect.of(URI.create(location), classes, options);
    }
    Path file = Path.of(location);
    if (lower.endsWith(".onnx")) {
      return SuspectModel.onnx(file);
    }
    if (lower.endsWith(".h5") || lower.endsWith(".hdf5") || lower.endsWith(".keras")) {
      return SuspectModel.keras(file);
    }
    return SuspectModel.load(file);
  }
}
