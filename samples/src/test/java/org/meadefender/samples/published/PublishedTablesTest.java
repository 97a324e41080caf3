package org.meadefender.samples.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedTablesTest {
  private static final Path RESULTS = Path.of("..", "docs", "results");

  private static final String PAGE =
      """
      # Page
      <!-- from verdicts.jsonl -->
      <!-- end -->
      That was all.
      """;

  /** As calibrations before the origin was written had them. */
  private static final String LINES =
      """
      {"settings":"drawn, small"}
      {"trial":"random keys","seed":1,"verdict":"NotOwned","wsr":0.25,"statistic":1.5}
      {"trial":"random keys","seed":2,"verdict":"Owned","wsr":0.75,"statistic":"NaN"}
      """;

  @TempDir Path directory;

  /** A page whose lines of results are not there yet has no table to be wrong. */
  @Test
  void pagesHaveTheTablesOfTheirLines() throws IOException {
    for (Path page : PublishedTables.pages(RESULTS)) {
      String text = Files.readString(page);
      assertThat(text)
          .as("%s; mvn -q -Presults writes it", page)
          .isEqualTo(PublishedTables.filled(page, text));
    }
  }

  @Test
  void theCommandWritesThem() throws IOException {
    Path page = directory.resolve("page.md");
    Files.writeString(page, PAGE);
    PublishedTables.main(new String[] {directory.toString()});
    assertThat(page).as("without lines").hasContent(PAGE);

    Path lines = directory.resolve("verdicts.jsonl");
    Files.writeString(lines, LINES);
    PublishedTables.main(new String[] {directory.toString()});
    String written = Files.readString(page);
    assertThat(written)
        .contains("| random keys | 2 | 1 | 0 | 1 | 0 | 50.0 | 75.0 | 1.5 |\n\n<!-- end -->\n")
        .endsWith("That was all.\n");
    assertThat(PublishedTables.filled(page, written)).as("once more").isEqualTo(written);

    // A line more, or a page that was changed by hand, is found out.
    assertThat(PublishedTables.filled(page, written.replace("| 50.0 |", "| 5.0 |")))
        .isEqualTo(written);
    Files.writeString(
        lines,
        LINES
            + LINES.lines().skip(1).findFirst().orElseThrow().replace("\"seed\":1", "\"seed\":3")
            + "\n");
    assertThat(PublishedTables.filled(page, written)).isNotEqualTo(written);
  }

  @Test
  void whatIsNoTableIsNamed() throws IOException {
    Path page = directory.resolve("page.md");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PublishedTables.filled(page, "<!-- from verdicts.jsonl -->\n"))
        .withMessageContaining("has no line <!-- end --> after line 1");
    Files.writeString(directory.resolve("verdicts.jsonl"), "{\"other\":1}\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PublishedTables.filled(page, PAGE))
        .withMessageContaining("is of no program that publishes tables");
  }
}
