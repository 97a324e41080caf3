package org.meadefender.samples.quickstart;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.meadefender.spec.OwnerKey;

/**
 * The command lines that verify the models of a run, and the files that they need.
 *
 * @param key the owner's
 * @param registration of the released model
 * @param heldOut directory of the images
 * @param directory where the models are
 */
record Commands(OwnerKey key, Path registration, Path heldOut, Path directory) {
  private static final List<String> MODELS = List.of("plain", "protected", "stolen");

  /** Leaves the key, and prints the commands. */
  void print(PrintStream out, long seed) {
    // One for each seed, so that none is ever overwritten.
    Path file = directory.resolve("owner-" + seed + ".key");
    if (!Files.exists(file)) {
      key.save(file);
    }
    out.printf("%nThe same by command line (mvn -q -Pcli builds the jar):%n");
    for (String model : MODELS) {
      out.printf(
          "  java -jar runtime/cli/target/mea-defender.jar verify %s --key %s --registration %s --data %s%n",
          shown(directory.resolve(model + ".zip")),
          shown(file),
          shown(registration),
          shown(heldOut));
    }
  }

  private static String shown(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path here = Path.of("").toAbsolutePath();
    return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
  }
}
