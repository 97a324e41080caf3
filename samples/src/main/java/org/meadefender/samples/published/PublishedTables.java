package org.meadefender.samples.published;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.meadefender.internal.WholeFile;
import org.meadefender.samples.calibration.NullCalibration;
import org.meadefender.samples.log.JsonLines;
import org.meadefender.samples.paper.LossTable;
import org.meadefender.samples.paper.PaperTables;
import org.meadefender.samples.robustness.Robustness;

/**
 * Makes the tables of pages from the lines of results beside them.
 *
 * <p>A page says {@code <!-- from NAME.jsonl -->} on a line of its own. What the file's lines come
 * to stands between it and {@code <!-- end -->}; where the file is missing, the page is as it is.
 */
public final class PublishedTables {
  private static final Pattern START = Pattern.compile("<!-- from (\\S+\\.jsonl) -->");
  private static final String END = "<!-- end -->";

  private PublishedTables() {}

  /**
   * Writes the tables into all pages of a directory.
   *
   * @param args the directory, {@code docs/results}
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("Usage: PublishedTables <directory of pages>");
      System.exit(2);
    }
    for (Path page : pages(Path.of(args[0]))) {
      String before = Files.readString(page);
      String after = filled(page, before);
      if (!after.equals(before)) {
        WholeFile.write(page, file -> Files.writeString(file, after));
        System.out.println("Written: " + page);
      }
    }
  }

  /** The pages of a directory. */
  static List<Path> pages(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  /**
   * A page with its tables.
   *
   * @throws IllegalArgumentException if a table has no end
   */
  static String filled(Path page, String text) {
    List<String> result = new ArrayList<>();
    List<String> lines = List.of(text.split("\n", -1));
    for (int i = 0; i < lines.size(); i++) {
      result.add(lines.get(i));
      Matcher start = START.matcher(lines.get(i));
      if (start.matches()) {
        int end = end(page, lines, i);
        Path results = page.resolveSibling(start.group(1));
        if (Files.exists(results)) {
          result.add("");
          result.addAll(table(results).strip().lines().toList());
          result.add("");
          i = end - 1;
        }
      }
    }
    return String.join("\n", result);
  }

  private static int end(Path page, List<String> lines, int start) {
    for (int i = start + 1; i < lines.size(); i++) {
      if (lines.get(i).equals(END)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        page + " has no line " + END + " after line " + (start + 1) + ", " + lines.get(start));
  }

  /**
   * What the lines of a file come to, by what they have.
   *
   * @throws IllegalArgumentException if they are of no program that publishes tables
   */
  static String table(Path file) {
    List<JsonNode> lines = new JsonLines(file).read();
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(file + " has no lines");
    }
    JsonNode first = lines.get(0);
    try {
      if (first.has("settings")) {
        return NullCalibration.table(lines);
      }
      if (first.has("paperSetting")) {
        return PaperTables.table(lines);
      }
      if (first.has("variant")) {
        return LossTable.table(lines);
      }
      if (first.has("model") && first.has("setting")) {
        return Robustness.table(lines);
      }
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    }
    throw new IllegalArgumentException(
        file + " is of no program that publishes tables: its first line is " + first);
  }
}
