package org.meadefender.suspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Suspects by what people have: a file, an address, a program, or answers that were recorded.
 *
 * <pre>{@code
 * SuspectModel service =
 *     Suspects.open(
 *         "https://example.org/v2/models/digits",
 *         SuspectOptions.ofClasses(10).withHttp(HttpOptions.DEFAULT.withQueryBudget(20_000)));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Suspects {
  private Suspects() {}

  /**
   * Opens a suspect.
   *
   * @param location a Deeplearning4j zip, an {@code .onnx} or {@code .h5} file, an http(s) address,
   *     or what a {@link SuspectAdapter} on the class path opens
   * @throws IllegalArgumentException if it is none of these, or the options do not go with it
   */
  public static SuspectModel open(String location, SuspectOptions options) {
    List<SuspectAdapter> adapters =
        ServiceLoader.load(SuspectAdapter.class).stream().map(ServiceLoader.Provider::get).toList();
    for (SuspectAdapter adapter : adapters) {
      if (adapter.opens(location)) {
        return formatted(adapter.open(location, options), options.format());
      }
    }
    String lower = location.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://") || lower.startsWith("https://")) {
      return HttpSuspect.of(address(location), options);
    }
    Path file = Path.of(location);
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          location
              + " is not a file; expected a Deeplearning4j zip, an .onnx or .h5 file, an http(s)"
              + " address"
              + adapters.stream().map(each -> ", " + each.kind()).collect(Collectors.joining()));
    }
    if (lower.endsWith(".onnx")) {
      return SuspectModel.onnx(file, options);
    }
    refuseNames(location, options);
    if (lower.endsWith(".h5")
        || lower.endsWith(".hdf5")
        || lower.endsWith(".keras")
        || isHdf5(file)) {
      return formatted(SuspectModel.keras(file), options.format());
    }
    return formatted(SuspectModel.load(file), options.format());
  }

  private static URI address(String location) {
    try {
      return new URI(location);
    } catch (URISyntaxException e) {
      // Without the address itself, which may hold a password.
      throw new IllegalArgumentException(
          "The address is no valid one: " + e.getReason() + " at character " + (1 + e.getIndex()),
          e);
    }
  }

  private static void refuseNames(String location, SuspectOptions options) {
    if (options.input().isPresent()
        || options.output().isPresent()
        || !options.constants().isEmpty()
        || options.template().isPresent()) {
      throw new IllegalArgumentException(
          location
              + " is neither an ONNX file nor an address; names of inputs and outputs, constants"
              + " and request templates go with those only");
    }
  }

  private static boolean isHdf5(Path file) {
    try {
      return Files.isRegularFile(file) && ModelFiles.isHdf5(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /**
   * A program that asks the suspect. It is started without a shell, gets a line of JSON for each
   * row on its standard input, {@code [C][H][W]} for images in the format of the options, and
   * answers each with a line of JSON: scores of all classes, a label, or {@code {label: score}}.
   *
   * @param command the program and what it is given
   * @throws IllegalArgumentException if the command is empty
   */
  public static SuspectModel command(List<String> command, SuspectOptions options) {
    return new CommandSuspect(command, options);
  }

  /**
   * A suspect that somebody asks elsewhere. What it is asked is written to {@code questions-N.npy}
   * in a directory, and the verdict then stays open; with {@code answers-N.npy} or {@code
   * answers-N.json} beside it, the next call goes on. Verification asks in several rounds.
   *
   * @param directory where questions and answers lie; created if need be
   * @throws IllegalArgumentException if questions wait for their answers, or answers cannot be used
   * @throws UncheckedIOException if a file cannot be read or written
   */
  public static SuspectModel recorded(Path directory, SuspectOptions options) {
    return new RecordedAnswers(directory, options);
  }

  private static SuspectModel formatted(SuspectModel suspect, InputFormat format) {
    return format.equals(InputFormat.SAME) ? suspect : suspect.withFormat(format);
  }
}
