package org.meadefender.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.audit.Attack;
import org.meadefender.audit.AuditEntry;
import org.meadefender.audit.AuditEntry.Subject;
import org.meadefender.audit.AuditResult;
import org.meadefender.audit.MarkResult;
import org.meadefender.audit.Outcome;
import org.meadefender.audit.Scale;
import org.meadefender.verify.Rate;
import org.meadefender.verify.WatermarkRates;

class AuditPageTest {
  /** One grey pixel. */
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGPoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

  @TempDir Path directory;

  @Test
  void saysWhatWasFound() {
    String html = AuditPage.html(result(true));
    assertThat(html)
        .contains(
            "1 of 6 attacks left a useful model of which verification does not say Owned any more")
        .contains("&quot;hard labels&quot;")
        .contains("8.0\u00a0%")
        .contains("watermark lost")
        .contains("nothing found")
        .contains("4,000")
        .contains("data:image/png;base64," + PNG)
        .contains("a &lt;script&gt; name");
    assertThat(html).as("nothing from elsewhere, nothing to run").doesNotContain("http", "<script");
    assertThat(html.split("class=\"chart\"", -1)).as("charts").hasSize(8);
  }

  @Test
  void saysWhenItIsNotFinished() {
    assertThat(AuditPage.html(result(false))).contains("This audit has not finished yet.");
    AuditResult empty = new AuditResult(1, provenance(), 3, List.of());
    assertThat(AuditPage.html(empty)).contains("No attack has been tried so far.");
  }

  /** Skipped only where there is no browser. */
  @Test
  void rendersInChromium() throws IOException, InterruptedException {
    Optional<Path> chromium = chromium();
    assumeTrue(chromium.isPresent(), "Chromium is not installed: rendering cannot be checked");
    Path page = directory.resolve("audit.html");
    AuditPage.write(result(true), page);
    Path picture = directory.resolve("page.png");
    Process process =
        new ProcessBuilder(
                chromium.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--window-size=1200,4000",
                "--user-data-dir=" + directory.resolve("profile"),
                "--screenshot=" + picture,
                page.toUri().toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("chromium.log").toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("Chromium finished").isTrue();
    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat(image.getWidth()).isEqualTo(1_200);
    assertThat(colours(image)).as("text, table and charts").isGreaterThan(50);
    assertThat(inkBelow(image, 1_200)).as("charts further down").isGreaterThan(0.01);
  }

  private static long colours(BufferedImage image) {
    return pixels(image, 0).distinct().count();
  }

  private static double inkBelow(BufferedImage image, int top) {
    long ink = pixels(image, top).filter(rgb -> (rgb & 0xffffff) != 0xffffff).count();
    return ink / (double) (image.getWidth() * (image.getHeight() - top));
  }

  private static IntStream pixels(BufferedImage image, int top) {
    return IntStream.range(top, image.getHeight())
        .flatMap(y -> IntStream.range(0, image.getWidth()).map(x -> image.getRGB(x, y)));
  }

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static AuditResult result(boolean complete) {
    List<AuditEntry> entries = new ArrayList<>();
    entries.add(entry(Attack.NONE, "", Outcome.UNATTACKED, mark(0.92, 990), projection(), true));
    entries.add(entry(Attack.QUERY_BUDGET, "1000 queries", Outcome.SURVIVED, mark(0.85, 600)));
    entries.add(entry(Attack.DISTILLATION, "", Outcome.SURVIVED, mark(0.91, 800)));
    entries.add(entry(Attack.HARD_LABELS, "", Outcome.REMOVED, mark(0.9, 80)));
    entries.add(entry(Attack.PRUNING, "50 %", Outcome.SURVIVED, mark(0.9, 700)));
    entries.add(entry(Attack.PRUNING, "90 %", Outcome.RUINED, mark(0.4, 60)));
    entries.add(entry(Attack.FINE_TUNING_ALL, "3 epochs", Outcome.SURVIVED, mark(0.9, 650)));
    entries.add(
        entry(
            Attack.NEURAL_CLEANSE,
            "",
            Outcome.UNDETECTED,
            null,
            Map.of("anomaly index per class", List.of(0.3, 1.2, 0.8)),
            true));
    entries.add(
        entry(
            Attack.PROBING,
            "",
            Outcome.UNDETECTED,
            null,
            Map.of("PRMS", List.of(0.1, 0.2, 0.2, 0.4)),
            false));
    return new AuditResult(
        1, provenance(), entries.size() + (complete ? 0 : 2), List.copyOf(entries));
  }

  private static AuditResult.Provenance provenance() {
    return new AuditResult.Provenance(
        "quick",
        new Scale(1, 1, 1, 1, 1, 1),
        1,
        "a <script> name",
        "0123",
        "abc",
        "",
        "def",
        Map.of("java", "17"));
  }

  private static MarkResult mark(double accuracy, int hits) {
    return new MarkResult(
        accuracy,
        0.95,
        new WatermarkRates(new Rate(hits, 1_000), new Rate(10, 1_000), new Rate(1, 10)),
        "Owned",
        "the top class");
  }

  private static Map<String, List<Double>> projection() {
    return Map.of("x: target", List.of(1.0, 2.0, 1.5), "y: target", List.of(0.5, 0.2, 0.1));
  }

  private static AuditEntry entry(
      Attack attack, String variant, Outcome outcome, @Nullable MarkResult mark) {
    return entry(attack, variant, outcome, mark, Map.of(), false);
  }

  private static AuditEntry entry(
      Attack attack,
      String variant,
      Outcome outcome,
      @Nullable MarkResult mark,
      Map<String, List<Double>> series,
      boolean pictures) {
    return new AuditEntry(
        attack.name() + variant,
        attack,
        variant,
        Subject.PROTECTED,
        outcome,
        mark,
        attack.family() == Attack.Family.EXTRACTION ? 4_000 : 0,
        2,
        1,
        Map.of("figure", 0.5),
        series,
        pictures ? List.of(new AuditEntry.Picture("sample", PNG)) : List.of());
  }
}
