package org.meadefender.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.meadefender.audit.AuditEntries.entry;
import static org.meadefender.audit.AuditEntries.showing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.audit.Attack;
import org.meadefender.audit.AttackChart;
import org.meadefender.audit.AttackOutcome;
import org.meadefender.audit.Attacks;
import org.meadefender.audit.AuditEntries;
import org.meadefender.audit.AuditEntry;
import org.meadefender.audit.AuditResult;
import org.meadefender.audit.ModelFigures;

class AuditPageTest {
  /** One grey pixel. */
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGPoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

  private static final List<AuditEntry.Picture> PICTURES =
      List.of(new AuditEntry.Picture("sample", PNG));

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
        .contains("a &lt;script&gt; name")
        .contains("what it sees (protected model)")
        .contains("What Neural Cleanse found")
        .contains(
            "<tr><td>distillation</td><td>0.495</td><td>0.042</td><td>0.227</td><td>0.294</td></tr>");
    assertThat(html).as("nothing from elsewhere, nothing to run").doesNotContain("http", "<script");
    assertThat(html.split("class=\"chart\"", -1)).as("charts").hasSize(8);
  }

  @Test
  void saysWhenItIsNotFinished() {
    assertThat(AuditPage.html(result(false))).contains("This audit has not finished yet.");
    AuditResult empty = AuditEntries.result(3, List.of());
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
    entries.add(
        showing(
            entry(Attacks.NONE, "", AttackOutcome.UNATTACKED, owned(0.92, 990)),
            List.of(projection()),
            PICTURES));
    Attack fewer = Attacks.queryBudgets(1_000);
    entries.add(entry(fewer, "1000 queries", AttackOutcome.SURVIVED, owned(0.85, 600)));
    entries.add(entry(Attacks.DISTILLATION, "", AttackOutcome.SURVIVED, owned(0.91, 800)));
    entries.add(entry(Attacks.HARD_LABELS, "", AttackOutcome.REMOVED, owned(0.9, 80)));
    Attack pruning = Attacks.pruning(0.5, 0.9);
    entries.add(entry(pruning, "50 %", AttackOutcome.SURVIVED, owned(0.9, 700)));
    entries.add(entry(pruning, "90 %", AttackOutcome.RUINED, owned(0.4, 60)));
    entries.add(
        entry(Attacks.FINE_TUNING_ALL, "3 epochs", AttackOutcome.SURVIVED, owned(0.9, 650)));
    entries.add(
        showing(
            entry(Attacks.NEURAL_CLEANSE, "", AttackOutcome.UNDETECTED, null),
            List.of(new AttackChart.Bars("a patch", "explained", "x", "y", List.of(0.3, 1.2, 0.8))),
            PICTURES));
    entries.add(
        showing(
            entry(Attacks.PROBING, "", AttackOutcome.UNDETECTED, null),
            List.of(new AttackChart.Shares("mixes", "told", "x", "y", List.of(0.1, 0.2, 0.2, 1.0))),
            List.of()));
    return AuditEntries.result(entries.size() + (complete ? 0 : 2), entries);
  }

  private static ModelFigures owned(double accuracy, int hits) {
    return AuditEntries.model(accuracy, hits, "Owned");
  }

  private static AttackChart projection() {
    return new AttackChart.Points(
        "what it sees",
        "explained",
        "x",
        "y",
        List.of(
            new AttackChart.PointGroup("target", List.of(1.0, 2.0, 1.5), List.of(0.5, 0.2, 0.1)),
            new AttackChart.PointGroup("nothing", List.of(), List.of())));
  }
}
