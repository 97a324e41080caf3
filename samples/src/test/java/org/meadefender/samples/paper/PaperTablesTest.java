package org.meadefender.samples.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.annotations.Combine;
import org.meadefender.audit.Attack;
import org.meadefender.audit.AttackScale;
import org.meadefender.audit.Attacks;
import org.meadefender.audit.AuditPlan;
import org.meadefender.audit.Preset;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.samples.log.JsonLines;

/** Runs too short for figures that mean anything: here the tables are whole. */
class PaperTablesTest {
  private static final TrainTest IMAGES = ImageSets.drawn(40, 20, 1);

  @TempDir Path directory;

  @Test
  void laysTheAuditBesideThePaper() throws IOException {
    AuditPlan plan =
        Preset.QUICK
            .plan()
            .withScale(new AttackScale(100, 1, 100, 1, 50, 1))
            .withAttacks(Attacks.DISTILLATION, Attacks.HARD_LABELS);

    Path table = PaperTables.run(IMAGES, Combine.CROP_AND_PASTE, plan, 100, 1, 1, directory);

    List<String> lines = Files.readAllLines(table);
    assertThat(lines).contains("6 of 6 steps are done.");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("| distillation |"))
        .singleElement()
        .asString()
        .matches(
            "\\| distillation \\| [0-9.]+ / [0-9.]+ \\|.*\\| 8\\d\\.\\d+ / \\d+\\.\\d+ \\(Table"
                + " I\\) \\|");
    assertThat(directory.resolve("audit.html")).isNotEmptyFile();
    assertThat(PaperTables.table(new JsonLines(directory.resolve("paper.jsonl")).read()))
        .isEqualTo(Files.readString(table));
  }

  @Test
  void thePapersFiguresAreOfKnownAttacks() {
    assertThat(Attacks.all().stream().map(Attack::id))
        .containsAll(PaperFigures.attacks().stream().filter(id -> !id.equals("none")).toList());
    assertThat(PaperFigures.of("none", /* colour= */ true)).contains("81.82 / 100");
  }

  @Test
  void ablationSkipsRowsThatItHas() throws IOException {
    Path table = directory.resolve("losses.md");
    LossTable.run(IMAGES, Combine.PIXEL_MERGING, 100, 1, 1, "drawn", table);
    List<String> all = Files.readAllLines(table);
    assertThat(all).hasSizeGreaterThanOrEqualTo(2 + 9).doesNotHaveDuplicates();
    Path lines = directory.resolve("losses.jsonl");
    List<String> kept = Files.readAllLines(lines);
    assertThat(kept.get(0)).contains("\"from\":{", "\"program\":\"");
    Files.write(lines, kept.subList(0, kept.size() - 1));

    LossTable.run(IMAGES, Combine.PIXEL_MERGING, 100, 1, 1, "drawn", table);

    assertThat(Files.readAllLines(table)).isEqualTo(all);
    assertThat(Files.readAllLines(lines)).hasSameSizeAs(kept).startsWith(kept.get(0));
  }
}
