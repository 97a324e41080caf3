package org.meadefender.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the four IDX files of a directory under the names that are in use: {@code
 * train-images-idx3-ubyte}, with a dot instead of a dash ({@code train-images.idx3-ubyte}), with
 * the set's name before it and {@code test} instead of {@code t10k} ({@code
 * emnist-letters-test-images-idx3-ubyte}), plain or {@code .gz}.
 */
final class IdxNames {
  private static final Pattern NAME =
      Pattern.compile("(.*?)[-_.]?(train|t10k|test)-(images|labels)[-._]idx[13][-._]ubyte(\\.gz)?");

  private IdxNames() {}

  /** A file and what its name says. */
  private record Found(Path file, String set, boolean train, boolean images, boolean packed) {}

  /**
   * Finds one file.
   *
   * @throws IllegalArgumentException if files of several sets are there
   */
  static Optional<Path> find(Path directory, boolean train, boolean images) throws IOException {
    List<Found> found = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        files.filter(Files::isRegularFile).sorted().forEach(file -> add(found, file));
      }
    }
    TreeSet<String> sets = new TreeSet<>(found.stream().map(Found::set).toList());
    if (sets.size() > 1) {
      throw new IllegalArgumentException(
          directory
              + " holds IDX files of several sets, "
              + sets
              + "; keep each in its own directory");
    }
    return found.stream()
        .filter(each -> each.train() == train && each.images() == images)
        .min(java.util.Comparator.comparing(Found::packed))
        .map(Found::file);
  }

  private static void add(List<Found> found, Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT));
    if (name.matches() && !name.group(1).startsWith(".")) {
      found.add(
          new Found(
              file,
              name.group(1),
              name.group(2).equals("train"),
              name.group(3).equals("images"),
              name.group(4) != null));
    }
  }
}
