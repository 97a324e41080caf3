package org.meadefender.samples.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.meadefender.internal.Digests;

/** SHA-256 of the classes that results depend on. */
final class ProgramDigest {
  private static final String SAMPLES = "org/meadefender/samples/";

  private ProgramDigest() {}

  /**
   * The digest of some classes and all beside them: of a class of the library all classes of its
   * jar or directory, of a sample's class those of its package.
   */
  static String of(Class<?>... classes) {
    Map<String, String> digests = new TreeMap<>();
    for (Class<?> each : classes) {
      String own = each.getPackageName().replace('.', '/') + "/";
      add(origin(each), own.startsWith(SAMPLES) ? own : "org/meadefender/", digests);
    }
    MessageDigest all = Digests.sha256();
    digests.forEach((name, digest) -> all.update((name + " " + digest + "\n").getBytes(UTF_8)));
    return HexFormat.of().formatHex(all.digest());
  }

  private static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot find the classes of " + type, e);
    }
  }

  private static void add(Path origin, String folder, Map<String, String> digests) {
    try {
      if (Files.isDirectory(origin)) {
        addTree(origin, folder, digests);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(origin)) {
          addTree(jar.getPath("/"), folder, digests);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the classes of " + origin, e);
    }
  }

  private static void addTree(Path root, String folder, Map<String, String> digests)
      throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root.resolve(folder))) {
      files =
          new ArrayList<>(
              walk.filter(file -> file.toString().endsWith(".class"))
                  .filter(
                      file ->
                          folder.startsWith(SAMPLES)
                              || !root.relativize(file).toString().startsWith(SAMPLES))
                  .sorted(Comparator.comparing(Path::toString))
                  .toList());
    }
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        digests.put(root.relativize(file).toString(), Digests.of(in.readAllBytes()));
      }
    }
  }
}
