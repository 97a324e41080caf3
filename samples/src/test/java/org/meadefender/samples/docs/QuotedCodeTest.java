package org.meadefender.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Java in the guide and in the pages for extensions stands in a source file that is compiled. */
class QuotedCodeTest {
  private static final Pattern SOURCE = Pattern.compile("<!-- quoted from (\\S+) -->");
  private static final int LONGEST_EXTENSION = 40;

  @Test
  void javaIsQuotedFromASource() throws IOException {
    List<String> wrong = new ArrayList<>();
    int quotes = 0;
    for (Page page : Page.all()) {
      boolean ofTheGuide = page.toString().matches("docs/(guide|extend)/.*");
      List<String> lines = page.lines();
      for (int i = 0; i < lines.size(); i++) {
        if (!ofTheGuide || !lines.get(i).strip().equals("```java")) {
          continue;
        }
        List<String> block = new ArrayList<>();
        for (int j = i + 1; !lines.get(j).strip().equals("```"); j++) {
          block.add(lines.get(j));
        }
        Matcher source = SOURCE.matcher(lines.get(i - 1).strip());
        if (!source.matches()) {
          wrong.add(page + ":" + (i + 1) + " names no source");
        } else if (!stands(block, Page.ROOT.resolve(source.group(1)))) {
          wrong.add(page + ":" + (i + 1) + " differs from " + source.group(1));
        }
        quotes++;
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(quotes).isGreaterThanOrEqualTo(7);
  }

  /** Whether the lines stand in the file one after the other, indented alike or not. */
  private static boolean stands(List<String> block, Path source) throws IOException {
    List<String> lines = Files.readAllLines(source);
    List<String> wanted = unindented(block);
    for (int from = 0; from + wanted.size() <= lines.size(); from++) {
      if (unindented(lines.subList(from, from + wanted.size())).equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> unindented(List<String> lines) {
    int indent =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return lines.stream().map(line -> line.isBlank() ? "" : line.substring(indent)).toList();
  }

  @Test
  void extensionsAreShort() throws IOException {
    Path directory = Path.of("src/main/java/org/meadefender/samples/extend");
    List<Path> files;
    try (var all = Files.list(directory)) {
      files = all.filter(file -> !file.endsWith("package-info.java")).toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(3);
    for (Path file : files) {
      assertThat(Files.readAllLines(file)).as("%s", file).hasSizeLessThan(LONGEST_EXTENSION);
    }
  }

  @Test
  void aChangedQuoteIsFound() throws IOException {
    Path source = Path.of("src/main/java/org/meadefender/samples/extend/package-info.java");
    List<String> lines = new ArrayList<>(Files.readAllLines(source));
    assertThat(stands(lines, source)).isTrue();
    Collections.swap(lines, 0, 1);
    assertThat(stands(lines, source)).isFalse();
  }
}
