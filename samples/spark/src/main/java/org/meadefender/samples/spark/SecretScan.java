package org.meadefender.samples.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.meadefender.combine.TrainingMarks;

/** Looks for every form of some secrets in files and texts. */
public final class SecretScan {
  private static final int START = Integer.BYTES;

  private final Map<String, byte[]> forms = new LinkedHashMap<>();
  private final TreeSet<String> places = new TreeSet<>();
  private final TreeSet<String> searched = new TreeSet<>();

  /**
   * Looks for a secret of some bytes: as they are, as hexadecimal digits, as Base64 wherever it
   * starts, and as a Java array is printed.
   */
  public SecretScan bytes(String name, byte[] secret) {
    forms.put(name + " as bytes", secret);
    String hex = HexFormat.of().formatHex(secret);
    text(name + " as hex", hex);
    text(name + " as upper hex", hex.toUpperCase(Locale.ROOT));
    for (int shift = 0; shift < 3; shift++) {
      byte[] moved = new byte[shift + secret.length];
      System.arraycopy(secret, 0, moved, shift, secret.length);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(moved);
      // The first and the last characters depend on what stands beside the secret.
      String inner = base64.substring(shift == 0 ? 0 : 4, base64.length() - 4);
      text(name + " as Base64 from " + shift, inner);
      text(name + " as URL's Base64 from " + shift, inner.replace('+', '-').replace('/', '_'));
    }
    String array = Arrays.toString(secret);
    text(name + " as numbers", array.substring(1, array.length() - 1));
    return this;
  }

  /** Looks for a text, in UTF-8 and as Java keeps it in memory. */
  public SecretScan text(String name, String secret) {
    forms.put(name, secret.getBytes(StandardCharsets.UTF_8));
    forms.put(name + " in UTF-16", secret.getBytes(StandardCharsets.UTF_16BE));
    return this;
  }

  /** Looks for a model's training marks: their text, and each value in it that is a secret. */
  public SecretScan marks(TrainingMarks marks, int target) {
    text("marks", marks.toText());
    String properties =
        new String(Base64.getDecoder().decode(marks.toText()), StandardCharsets.UTF_8);
    for (String line : properties.lines().toList()) {
      String[] parts = line.split("=", 2);
      if (parts[0].endsWith(".combiner") || parts[0].endsWith(".rows")) {
        bytes(parts[0], HexFormat.of().parseHex(parts[1]));
      }
    }
    for (String form :
        List.of("target=%d", "target: %d", "\"target\":%d", "\"target\" : %d", "target %d")) {
      text("target as " + form, String.format(form, target));
    }
    return this;
  }

  /** Searches a text. */
  public void search(String place, String text) {
    search(place, text.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized void search(String place, byte[] bytes) {
    searched.add(place);
    Map<Integer, List<Map.Entry<String, byte[]>>> byStart = new HashMap<>();
    for (Map.Entry<String, byte[]> each : forms.entrySet()) {
      byStart.computeIfAbsent(start(each.getValue(), 0), start -> new ArrayList<>()).add(each);
    }
    for (int at = 0; at + START <= bytes.length; at++) {
      for (Map.Entry<String, byte[]> each : byStart.getOrDefault(start(bytes, at), List.of())) {
        byte[] form = each.getValue();
        int end = at + form.length;
        if (end <= bytes.length && Arrays.equals(bytes, at, end, form, 0, form.length)) {
          places.add(place + ": " + each.getKey());
        }
      }
    }
  }

  /** The first bytes of a form, by which a place is looked at or passed over. */
  private static int start(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes, at, START).getInt();
  }

  /** Searches all files of a folder; those that go while it is read are left out. */
  public void search(Path folder) {
    files(folder).forEach(file -> search(folder, file));
  }

  /** Searches what executors and driver keep on disk: shuffle files, broadcasts, spilled data. */
  public void searchBlocks(Path folder) {
    for (Path file : files(folder)) {
      if (file.toString().contains("blockmgr")) {
        search(folder, file);
      }
    }
  }

  private void search(Path folder, Path file) {
    try {
      search(folder.relativize(file).toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      // Shuffle files go when they are used up.
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot search " + file, e);
    }
  }

  private static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              // Not jars and natives that Spark and JavaCPP unpack.
              if (!file.toString().endsWith(".so") && !file.toString().endsWith(".jar")) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              return unlessGone(e);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                throws IOException {
              return e == null ? FileVisitResult.CONTINUE : unlessGone(e);
            }

            /** What cannot be read was not searched: an error, not a clean result. */
            private FileVisitResult unlessGone(IOException e) throws IOException {
              if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot search " + folder, e);
    }
    return files;
  }

  /** Where secrets were found, with their forms. */
  public synchronized List<String> places() {
    return List.copyOf(places);
  }

  /** The files and texts that were searched, one or several times. */
  public synchronized List<String> searched() {
    return List.copyOf(searched);
  }
}
