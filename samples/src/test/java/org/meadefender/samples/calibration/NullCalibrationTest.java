package org.meadefender.samples.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.reference.PanelDescription;
import org.meadefender.samples.log.JsonLines;
import org.meadefender.samples.log.Provenance;
import org.meadefender.verify.BasisFigures;
import org.meadefender.verify.OwnershipVerdict.Basis;
import org.meadefender.verify.OwnershipVerdict.Inconclusive;
import org.meadefender.verify.Rate;
import org.meadefender.verify.VerificationFigures;
import org.meadefender.verify.VerificationFigures.LabelMode;

class NullCalibrationTest {
  private static final Provenance PROGRAM =
      new Provenance("0.1.0", "commit", "program", "data", "platform");

  @TempDir Path directory;

  private static Inconclusive verdict() {
    return new Inconclusive(
        new VerificationFigures(
            List.of(),
            1e-6,
            new BasisFigures(Basis.TOP_CLASS, 1, 1, 1e-6, 1, 1e-2),
            Optional.empty(),
            new Rate(0, 0),
            List.of(),
            LabelMode.SOFT,
            0,
            0,
            new PanelDescription("", List.of()),
            List.of(),
            new VerificationFigures.Origin("suspect", "", "", false, "", "", null)),
        "no reason");
  }

  @Test
  void goesOnWhereItWas() throws IOException {
    Path file = directory.resolve("trials.jsonl");
    VerdictLog first = VerdictLog.open(file, "settings", PROGRAM);
    first.run("trial", 1, NullCalibrationTest::verdict);
    first.run("trial", 2, NullCalibrationTest::verdict);
    // Cut off while a third was written.
    Files.writeString(file, Files.readString(file) + "{\"trial\":\"tri");
    VerdictLog second = VerdictLog.open(file, "settings", PROGRAM);
    int[] runs = {0};
    for (long seed = 1; seed <= 3; seed++) {
      second.run(
          "trial",
          seed,
          () -> {
            runs[0]++;
            return verdict();
          });
    }
    assertThat(runs[0]).isEqualTo(1);
    assertThat(second.table())
        .isEqualTo(VerdictLog.open(file, "settings", PROGRAM).table())
        .contains("| trial | 3 | 0 | 0 | 0 | 3 |");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerdictLog.open(file, "others", PROGRAM))
        .withMessageContaining("is of other settings");
  }

  @Test
  void anotherProgramDoesNotGoOn() throws IOException {
    Path file = directory.resolve("trials.jsonl");
    VerdictLog.open(file, "settings", PROGRAM).run("trial", 1, NullCalibrationTest::verdict);
    Provenance later = new Provenance("0.1.0", "next", "program", "data", "platform");
    assertThat(VerdictLog.open(file, "settings", later).table()).contains("| trial | 1 |");
    Provenance changed = new Provenance("0.1.0", "next", "changed", "data", "platform");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerdictLog.open(file, "settings", changed))
        .withMessageContaining("of another program, platform or other data");
    // One that did not say which it was: its table is made, but it is not gone on with.
    String lines = Files.readString(file);
    String old = "{\"settings\":\"settings\"}" + lines.substring(lines.indexOf('\n'));
    Files.writeString(file, old);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerdictLog.open(file, "settings", PROGRAM));
    assertThat(NullCalibration.table(new JsonLines(file).read())).contains("| trial | 1 |");
  }
}
