package org.meadefender.suspect;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** Says what a file is that is no model, or one of another kind. */
final class ModelFiles {
  private static final int HEAD = 512;

  /** Length of a zip's last record without a comment, and with the longest. */
  private static final int ZIP_END = 22;

  private static final int LONGEST_ZIP_END = ZIP_END + 0xffff;
  private static final String ZIP = "PK\3\4";
  private static final String HDF5 = "\u0089HDF\r\n\032\n";

  private ModelFiles() {}

  /**
   * Refuses what can be no model at all.
   *
   * @param wanted what is expected, with its article
   * @throws IllegalArgumentException if the file is missing, empty, or known as something else
   */
  static void requireReadable(Path file, String wanted) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          file
              + " is a directory, not "
              + wanted
              + (Files.exists(file.resolve("saved_model.pb"))
                  ? ": a TensorFlow SavedModel; serve it, or convert it to ONNX (tf2onnx)"
                  : "; name the file in it"));
    }
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(file + " is not a file; expected " + wanted);
    }
    String head = head(file);
    String found = found(head);
    if (!found.isEmpty()) {
      throw new IllegalArgumentException(file + " is " + found + ", not " + wanted);
    }
  }

  private static String found(String head) {
    String text = head.stripLeading().toLowerCase(Locale.ROOT);
    if (head.isEmpty()) {
      return "empty";
    }
    if (head.startsWith("version https://git-lfs.github.com/spec/")) {
      return "a pointer of Git LFS to the file that is meant (run git lfs pull)";
    }
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return "a web page, as failed downloads leave it (fetch the file again)";
    }
    if (head.length() > 8 && head.startsWith("TFL3", 4)) {
      return "a TensorFlow Lite model (convert it to ONNX, by tf2onnx)";
    }
    if (head.startsWith("\u0080\2") || head.startsWith("\u0080\4")) {
      return "a Python pickle, which is not safe to read (export the model to ONNX)";
    }
    return "";
  }

  /** Whether the file starts as a zip does. */
  static boolean isZip(Path file) throws IOException {
    return head(file).startsWith(ZIP);
  }

  /** Whether the file starts as HDF5 does. */
  static boolean isHdf5(Path file) throws IOException {
    return head(file).startsWith(HDF5);
  }

  /** Whether a zip lacks the record at its end. */
  static boolean isCutZip(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      int length = (int) Math.min(LONGEST_ZIP_END, in.length());
      byte[] end = new byte[length];
      in.seek(in.length() - length);
      in.readFully(end);
      return !new String(end, StandardCharsets.ISO_8859_1).contains("PK\5\6");
    }
  }

  private static String head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
    }
  }

  /** A library's own words, on one line. */
  static String reason(Throwable fault) {
    Throwable cause = fault;
    while ((cause.getMessage() == null || cause.getMessage().isBlank())
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = Objects.requireNonNullElse(cause.getMessage(), "no reason is given");
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= HEAD ? line : line.substring(0, HEAD) + " …";
  }
}
