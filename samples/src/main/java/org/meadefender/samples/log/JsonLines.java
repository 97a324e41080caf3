package org.meadefender.samples.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.meadefender.internal.Json;
import org.meadefender.internal.WholeFile;

/** A file with one JSON object per line, to which results are added as they come. */
public final class JsonLines {
  private static final int MAX_BYTES = 64 << 20;

  private final Path file;

  /** A file that there may be already. */
  public JsonLines(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * Reads all lines; none if there is no file. What follows the last line end was cut off while it
   * was written, and is removed.
   *
   * @throws IllegalArgumentException if a line is no JSON
   * @throws UncheckedIOException if the file cannot be read
   */
  public List<JsonNode> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      String text = new String(Json.read(file, MAX_BYTES), StandardCharsets.UTF_8);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      if (whole.length() < text.length()) {
        WholeFile.write(file, temporary -> Files.writeString(temporary, whole));
      }
      List<JsonNode> lines = new ArrayList<>();
      for (String line : whole.lines().toList()) {
        lines.add(
            Json.parse(
                line.getBytes(StandardCharsets.UTF_8), file + ", line " + (lines.size() + 1)));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /**
   * Adds a line.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public void add(JsonNode line) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** The file's path. */
  @Override
  public String toString() {
    return file.toString();
  }
}
