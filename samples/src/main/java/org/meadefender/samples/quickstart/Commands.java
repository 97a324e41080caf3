package org.meadefender.samples.quickstart;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.meadefender.spec.OwnerKey;

/**
 * What to do with the files of a run, as commands that work on them.
 *
 * @param key the owner's
 * @param registration of the released model
 * @param heldOut directory of the images
 * @param directory where the models are
 */
record Commands(OwnerKey key, Path registration, Path heldOut, Path directory) {
  private static final List<String> MODELS = List.of("plain", "protected", "stolen");

  /** One for each seed, so that none is ever overwritten. */
  static Path keyFile(Path directory, long seed) {
    return directory.resolve("owner-" + seed + ".key");
  }

  /** Drawn images of a seed. */
  static Path drawnImages(Path directory, long seed) {
    return directory.resolve("images-" + seed);
  }

  /** Says which files of an earlier run are used again. */
  static void printReused(PrintStream out, Path directory, long seed) {
    List<String> found =
        Stream.of(keyFile(directory, seed), drawnImages(directory, seed))
            .filter(Files::exists)
            .map(file -> file.getFileName().toString())
            .toList();
    if (!found.isEmpty()) {
      out.printf(
          "Used again from an earlier run: %s, and reference networks of the same images. Models are"
              + " trained anew.%n",
          String.join(", ", found));
    }
  }

  /** Leaves the key, and prints the commands. */
  void print(PrintStream out, long seed) {
    Path file = keyFile(directory, seed);
    if (!Files.exists(file)) {
      key.save(file);
    }
    out.printf("%nWhat to do next%n");
    out.printf("1. Look at the page: %s%n", shown(directory.resolve("report.html")));
    out.printf(
        "2. Ask the models by command line, with the key and the registration of this run:%n");
    out.printf("  mvn -q -Pcli%n");
    for (String model : MODELS) {
      out.printf(
          "  java -jar runtime/cli/target/mea-defender.jar verify %s --key %s --registration %s --data"
              + " %s --html %s%n",
          shown(directory.resolve(model + ".zip")),
          shown(file),
          shown(registration),
          shown(heldOut),
          shown(directory.resolve(model + ".html")));
    }
    out.printf("3. Attack the model as a thief would:%n  mvn -q -Paudit%n");
    out.printf("4. Protect your own model: docs/guide/protect.md%n");
  }

  private static String shown(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path here = Path.of("").toAbsolutePath();
    return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
  }
}
