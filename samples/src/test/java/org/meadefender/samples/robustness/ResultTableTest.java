package org.meadefender.samples.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meadefender.samples.log.Provenance;
import org.meadefender.verify.Rate;
import org.meadefender.verify.WatermarkRates;

class ResultTableTest {
  private static final Provenance PROVENANCE =
      new Provenance("0.1.0", "0123456789abcdef+changes", "p", "fedcba9876543210", "Linux");

  private static final AnswerFigures ANSWERS =
      new AnswerFigures(0.495, 0.042, 0.227, 0.294, 1 / 360.0, Double.NaN);

  private static Measured measured(String run, String model, double wsr, String verdict) {
    return measured(run, model, wsr, verdict, "");
  }

  private static Measured measured(
      String run, String model, double wsr, String verdict, String beside) {
    return new Measured(
        "setting",
        run,
        model,
        "CROP_AND_PASTE",
        0.9,
        ANSWERS,
        new WatermarkRates(
            new Rate((int) Math.round(1_000 * wsr), 1_000), new Rate(10, 1_000), new Rate(20, 100)),
        0.3,
        verdict,
        1e-9,
        "no: p 1.0e-02, paired 1.0e-09, rank 3.0e-01",
        verdict + ": p 1.0e-09, paired 1.0e-09, rank 3.0e-03",
        beside,
        "",
        PROVENANCE);
  }

  @Test
  void runsBecomeMeansWithTheirSpread() {
    String table =
        ResultTable.of(
            List.of(
                measured("seed 1", "T7", 0.8, "Owned"),
                measured("seed 1", "HARD", 0.5, "Inconclusive"),
                measured("seed 2", "T7", 0.9, "Owned", "Owned"),
                measured("seed 3", "T7", 0.55, "NotOwned", "Owned")));
    assertThat(table)
        .contains(
            "## setting\n\nMeasured by version 0.1.0, commit 01234567+changes, program p, data fedcba98.")
        .contains("| T7 | 3 | 90.0 (90.0–90.0) | 0.495 (0.495–0.495) |", "| 75.0 (55.0–90.0) |")
        .contains("| 2 Owned, 1 NotOwned | 3 no | 2 Owned, 1 NotOwned | 2 Owned |")
        .contains(
            "| HARD | 1 | 90.0 | 0.495 | 0.042 | 0.227 | 0.294 | 0.3 | 50.0 | 1.0 | 20.0 | 30.0 | 1 Inconclusive | 1 no | 1 Inconclusive |  |")
        .contains("- seed 1:\n  T7 90.0 / 80.0 / 1.0 / 20.0;\n  HARD 90.0 / 50.0 / 1.0 / 20.0");
  }

  /** The commit is for readers; the program is what counts. */
  @Test
  void runsOfOneProgramAtSeveralCommitsAreOneTable() {
    Measured first = measured("seed 1", "T7", 0.8, "Owned");
    Provenance later = new Provenance("0.1.0", "89abcdef", "p", "fedcba9876543210", "Linux");
    Provenance other = new Provenance("0.1.0", "89abcdef", "q", "fedcba9876543210", "Linux");
    ObjectNode second = measured("seed 2", "T7", 0.9, "Owned").toJson();
    second.set(Provenance.FIELD, later.toJson());
    ObjectNode third = measured("seed 3", "T7", 0.7, "Owned").toJson();
    third.set(Provenance.FIELD, other.toJson());

    String table = ResultTable.of(List.of(first, Measured.from(second), Measured.from(third)));

    assertThat(table).contains("| T7 | 2 | 90.0", "| T7 | 1 | 90.0");
    assertThat(table.split("## setting", -1)).hasSize(3);
  }

  @Test
  void linesAreReadAsTheyWereWritten() {
    Measured measured = measured("seed 1", "T7", 1.0 / 3, "Inconclusive", "Owned");
    assertThat(Measured.from(measured.toJson())).isEqualTo(measured);
    ObjectNode old = measured.toJson();
    old.remove("answers");
    Measured read = Measured.from(old);
    assertThat(read.rates()).isEqualTo(measured.rates());
    assertThat(read.answers().logLoss()).isNaN();
    assertThat(ResultTable.of(List.of(read, measured)))
        .contains("| T7 | 2 | 90.0 (90.0–90.0) | 0.495 | 0.042 |");
    assertThat(ResultTable.of(List.of(read)))
        .contains("| model | runs | accuracy | WSR |", "| T7 | 1 | 90.0 | 33.3 |")
        .doesNotContain("log loss");
  }
}
