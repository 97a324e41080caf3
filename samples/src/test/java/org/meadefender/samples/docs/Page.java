package org.meadefender.samples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of Markdown as far as the tests look at it.
 *
 * @param file where it is, below {@link #ROOT}
 * @param lines all of them
 */
record Page(Path file, List<String> lines) {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");
  private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern IMAGE = Pattern.compile("(?:src|srcset|href)=\"([^\"]+)\"");

  static Page of(Path file) {
    try {
      return new Page(file, Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All pages of the project. */
  static List<Page> all() throws IOException {
    List<Page> pages = new ArrayList<>();
    for (Path directory : List.of(ROOT.resolve("docs"), ROOT.resolve(".github"))) {
      try (Stream<Path> files = Files.walk(directory)) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .sorted()
            .map(Page::of)
            .forEach(pages::add);
      }
    }
    try (Stream<Path> files = Files.list(ROOT)) {
      files
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(Page::of)
          .forEach(pages::add);
    }
    return pages;
  }

  /** The lines by number from 1, code blocks left out. */
  Map<Integer, String> prose() {
    Map<Integer, String> prose = new HashMap<>();
    boolean code = false;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().startsWith("```")) {
        code = !code;
      } else if (!code) {
        prose.put(i + 1, lines.get(i));
      }
    }
    return prose;
  }

  /** Names that a link may have behind its #, as GitHub makes them. */
  List<String> anchors() {
    List<String> anchors = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    prose().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(line -> HEADING.matcher(line.getValue()))
        .filter(Matcher::matches)
        .forEach(
            heading -> {
              String anchor = anchor(heading.group(1));
              int before = seen.merge(anchor, 1, Integer::sum) - 1;
              anchors.add(before == 0 ? anchor : anchor + "-" + before);
            });
    return anchors;
  }

  private static String anchor(String heading) {
    return heading
        .replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
        .replace(' ', '-');
  }

  /** Where its links lead, as they are written, by line number. */
  Map<Integer, List<String>> links() {
    Map<Integer, List<String>> links = new HashMap<>();
    prose()
        .forEach(
            (number, line) -> {
              String text = line.replaceAll("`[^`]*`", "");
              List<String> found = new ArrayList<>();
              for (Pattern pattern : List.of(LINK, IMAGE)) {
                Matcher link = pattern.matcher(text);
                while (link.find()) {
                  found.add(link.group(1));
                }
              }
              links.put(number, found);
            });
    return links;
  }

  @Override
  public String toString() {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }
}
