package org.meadefender.samples.robustness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.internal.Json;
import org.meadefender.samples.log.Provenance;

class RobustnessTest {
  @TempDir Path directory;

  private void run(String thieves) throws IOException {
    experiment("reference=true", "thieves=" + thieves);
  }

  private void experiment(String... settings) throws IOException {
    Robustness.main(
        Stream.concat(
                Stream.of(directory.toString(), "data=drawn", "images=400", "epochs=1"),
                Stream.of(settings))
            .toArray(String[]::new));
  }

  private List<String> results() throws IOException {
    return Files.readAllLines(directory.resolve("results.jsonl"));
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("models"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void goesOnWhereItWas() throws IOException {
    run("UNMARKED");
    assertThat(results())
        .singleElement()
        .asString()
        .contains("\"model\":\"UNMARKED\"", "\"besideReference\":\"");
    run("T1");
    List<String> before = results();
    assertThat(before).hasSize(3);
    assertThat(kept()).containsExactly("REFERENCE.zip", "T1.zip", "UNMARKED.zip", "VICTIM.zip");
    // The networks that are worked on are those that were kept.
    run("T1,FTAL,UNMARKED,VICTIM,VICTIM_PRUNING");
    assertThat(results()).hasSize(5).startsWith(before.toArray(String[]::new));
    assertThat(Files.readString(directory.resolve("table.md")))
        .contains("| UNMARKED | 1 |", "| VICTIM | 1 |", "| T1 | 1 |", "| FTAL | 1 |")
        .contains("| VICTIM_PRUNING | 1 |");
  }

  /** Thieves who look for the triple in ordinary answers, and who use it. */
  @Test
  void profilesAnswersWhereAsked() throws IOException {
    experiment("profile=true", "thieves=UNMARKED,TRIPLE_CLEANING,FOUND_TRIPLE_CLEANING");
    assertThat(results())
        .hasSize(4)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains("\"logLoss\":", "\"calibrationError\":", "\"targetGivenA\":")
                    .contains("\"tripleShareBesideNetworks\":", "\"tripleShareAlone\":"));
    assertThat(Files.readString(directory.resolve("table.md")))
        .contains("| TRIPLE_CLEANING | 1 |", "| FOUND_TRIPLE_CLEANING | 1 |");
    run("VICTIM_PRUNING");
    assertThat(results()).last().asString().doesNotContain("tripleShare").contains("logLoss");
  }

  @Test
  void measuresKeptModelsAfresh() throws IOException {
    run("OTHER");
    List<String> before = results();
    assertThat(kept()).containsExactly("OTHER.zip", "REFERENCE.zip", "VICTIM.zip");
    Files.delete(directory.resolve("results.jsonl"));
    FileTime made = Files.getLastModifiedTime(victim());
    run("OTHER");
    assertThat(results()).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(victim())).isEqualTo(made);
  }

  @Test
  void anotherProgramsResultsAndModelsAreNotGoneOnWith() throws IOException {
    run("VICTIM");
    Path file = directory.resolve("results.jsonl");
    String line = Files.readString(file);
    assertThat(line).contains("\"from\":{\"library\":\"", "\"commit\":\"", "\"platform\":\"");
    Measured measured = Measured.from(Json.parse(line.getBytes(UTF_8), "line"));
    Files.writeString(file, line.replace(measured.provenance().program(), "another"));
    run("VICTIM");
    assertThat(results()).hasSize(2);
    assertThat(results().get(1) + "\n").isEqualTo(line);
    assertThat(Files.readString(directory.resolve("table.md"))).doesNotContain("| VICTIM | 2 |");
    Provenance other =
        new Provenance(
            measured.provenance().library(),
            measured.provenance().commit(),
            "another",
            measured.provenance().data(),
            measured.provenance().platform());
    assertThat(other.key("setting")).isNotEqualTo(measured.provenance().key("setting"));
    assertThat(other.continues(measured.provenance())).isFalse();
  }

  @Test
  void marksTheClassesThatAreAdvised() throws IOException {
    experiment("epochs=3", "triple=ADVISED", "seed=1", "thieves=UNMARKED");
    // One network without a mark, for the advice and as a thief.
    assertThat(kept()).containsExactly("UNMARKED.zip");
    experiment("epochs=3", "triple=ADVISED", "seed=1", "thieves=UNMARKED,T1");
    assertThat(kept()).containsExactly("T1.zip", "UNMARKED.zip", "VICTIM.zip");
    assertThat(results())
        .hasSize(3)
        .allSatisfy(
            line -> assertThat(line).contains("; classes advised").doesNotContain("(6, 9, 7)"));
    // The owner has marked the classes that are measured.
    assertThat(
            Measured.from(Json.parse(results().get(1).getBytes(UTF_8), "results"))
                .rates()
                .watermarkSuccessRate())
        .isGreaterThan(0.5);
  }

  @Test
  void measuresSeveralMarksOfOneModel() throws IOException {
    experiment("triple=0,1,2;3,4,5", "thieves=T1");
    assertThat(results())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("triple (0, 1, 2) and (3, 4, 5)"));
    assertThat(kept()).containsExactly("T1.zip", "VICTIM.zip");
  }

  private Path victim() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("models"))) {
      return files.filter(file -> file.endsWith("VICTIM.zip")).findFirst().orElseThrow();
    }
  }
}
