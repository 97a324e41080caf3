package org.meadefender.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Links lead somewhere, and lines can be read. */
class DocsTest {
  private static final int README_LINES = 120;
  private static final int README_COLUMNS = 160;

  /** Prose breaks after sentences; tables and code may be wider. */
  private static final int COLUMNS = 260;

  @Test
  void linksLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int checked = 0;
    for (Page page : Page.all()) {
      for (Map.Entry<Integer, List<String>> line : page.links().entrySet()) {
        for (String link : line.getValue()) {
          if (link.matches("[a-z]+:.*")) {
            continue;
          }
          checked++;
          if (!leadsSomewhere(page, link)) {
            broken.add(page + ":" + line.getKey() + " " + link);
          }
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(checked).isGreaterThan(100);
  }

  private static boolean leadsSomewhere(Page page, String link) {
    String[] parts = link.split("#", 2);
    Path directory = page.file().getParent();
    Path target = parts[0].isEmpty() ? page.file() : directory.resolve(parts[0]).normalize();
    if (!target.startsWith(Page.ROOT) || !Files.exists(target)) {
      return false;
    }
    return parts.length == 1 || Page.of(target).anchors().contains(parts[1]);
  }

  @Test
  void everyPageOfTheDocsIsReachedFromTheirIndex() throws IOException {
    List<Path> reached = new ArrayList<>(List.of(Page.ROOT.resolve("docs/README.md")));
    for (int i = 0; i < reached.size(); i++) {
      Page page = Page.of(reached.get(i));
      for (List<String> links : page.links().values()) {
        for (String link : links) {
          Path target = page.file().getParent().resolve(link.split("#", 2)[0]).normalize();
          if (link.matches("[^:#]+\\.md(#.*)?") && !reached.contains(target)) {
            reached.add(target);
          }
        }
      }
    }
    List<String> lost =
        Page.all().stream()
            .filter(page -> page.file().startsWith(Page.ROOT.resolve("docs")))
            .filter(page -> !reached.contains(page.file()))
            .map(Page::toString)
            .toList();
    assertThat(lost).isEmpty();
  }

  @Test
  void linesCanBeRead() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Page page : Page.all()) {
      boolean readme = page.file().equals(Page.ROOT.resolve("README.md"));
      page.prose()
          .forEach(
              (number, line) -> {
                boolean table = line.startsWith("|") && !readme;
                if (!table && line.length() > (readme ? README_COLUMNS : COLUMNS)) {
                  tooLong.add(page + ":" + number + " has " + line.length());
                }
              });
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void theReadmeFitsOnAPage() throws IOException {
    assertThat(Files.readAllLines(Page.ROOT.resolve("README.md")))
        .hasSizeLessThanOrEqualTo(README_LINES);
  }

  @Test
  void theQuickstartShowsThePictureOfTheReadme() throws IOException {
    assertThat(Path.of("src/main/resources/org/meadefender/samples/quickstart/overview.svg"))
        .hasSameTextualContentAs(Page.ROOT.resolve("docs/overview.svg"));
    assertThat(Files.readString(Page.ROOT.resolve("README.md"))).contains("(docs/overview.svg)");
  }
}
