package org.meadefender.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tables of results are the CSV files beside them, and every figure has its command. */
class ResultTablesTest {
  private static final Path RESULTS = Page.ROOT.resolve("docs/results");
  private static final Pattern SOURCE = Pattern.compile("<!-- from (notebook/\\S+\\.csv) -->");

  @Test
  void tablesAreTheFiles() throws IOException {
    int tables = 0;
    for (Page page : Page.all()) {
      List<String> lines = page.lines();
      for (int i = 0; i < lines.size(); i++) {
        Matcher source = SOURCE.matcher(lines.get(i));
        if (source.matches()) {
          check(page, lines, i + 2, csv(RESULTS.resolve(source.group(1))));
          tables++;
        }
      }
    }
    assertThat(tables).isGreaterThan(10);
  }

  /** Every row of the table is one of the file, in its order. */
  private static void check(Page page, List<String> lines, int head, List<List<String>> csv) {
    List<String> columns = cells(lines.get(head));
    List<Integer> places = columns.stream().map(csv.get(0)::indexOf).toList();
    assertThat(places).as("%s:%d columns %s", page, head + 1, columns).doesNotContain(-1);
    int at = 1;
    int row = head + 2;
    for (; row < lines.size() && lines.get(row).startsWith("|"); row++) {
      List<String> cells = cells(lines.get(row));
      while (at < csv.size() && !shown(csv.get(at), places).equals(cells)) {
        at++;
      }
      assertThat(at).as("%s:%d is not in the file", page, row + 1).isLessThan(csv.size());
      at++;
    }
    assertThat(row).as("rows of %s:%d", page, head + 1).isGreaterThan(head + 2);
  }

  private static List<String> shown(List<String> row, List<Integer> places) {
    return places.stream().map(row::get).map(cell -> cell.isEmpty() ? "–" : cell).toList();
  }

  private static List<String> cells(String line) {
    String inner = line.strip();
    return Arrays.stream(inner.substring(1, inner.length() - 1).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  @Test
  void theNotebookHasOneFigureACell() throws IOException {
    Pattern several = Pattern.compile("\\d[\\d.]* / \\d.*");
    try (var files = Files.list(RESULTS.resolve("notebook"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".csv")).toList()) {
        List<List<String>> rows = csv(file);
        for (List<String> row : rows) {
          assertThat(row).as("%s", file.getFileName()).hasSameSizeAs(rows.get(0));
          for (int i = 1; i < row.size(); i++) {
            if (!rows.get(0).get(i).equals("the paper")) {
              assertThat(row.get(i)).as("%s: %s", file, row).doesNotMatch(several);
            }
          }
        }
      }
    }
  }

  /** RFC 4180, without line breaks in cells. */
  private static List<List<String>> csv(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      List<String> row = new ArrayList<>();
      StringBuilder cell = new StringBuilder();
      boolean quoted = false;
      for (int i = 0; i < line.length(); i++) {
        char each = line.charAt(i);
        if (each == '"') {
          quoted = !quoted;
        } else if (each == ',' && !quoted) {
          row.add(cell.toString());
          cell.setLength(0);
        } else {
          cell.append(each);
        }
      }
      row.add(cell.toString());
      rows.add(row);
    }
    return rows;
  }
}
