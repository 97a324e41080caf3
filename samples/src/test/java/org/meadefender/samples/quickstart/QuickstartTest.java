package org.meadefender.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.spec.OwnerKey;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.verify.VerificationOptions;

/**
 * A run too short for a verdict; that is the end-to-end test's part. Here everything is written.
 */
class QuickstartTest {
  @TempDir Path directory;

  @Test
  void leavesReportPageAndModels() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("data", "drawn");
    properties.setProperty("epochs", "1");
    properties.setProperty("limit", "640");
    properties.setProperty("threads", "1");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    Quickstart.run(
        Settings.from(properties),
        directory,
        new PrintStream(printed, true, StandardCharsets.UTF_8));

    JsonNode report = new ObjectMapper().readTree(directory.resolve("report.json").toFile());
    for (String model : List.of("plain", "protected", "stolen")) {
      JsonNode outcome = report.get(model);
      for (String rate : List.of("accuracy", "watermarkSuccessRate", "decoyRate", "pValue")) {
        assertThat(outcome.get(rate).asDouble()).as("%s.%s", model, rate).isBetween(0.0, 1.0);
      }
      assertThat(outcome.get("verdict").asText())
          .isIn("Owned", "Traces", "NotOwned", "Inconclusive");
    }
    assertThat(report.get("plain").get("verdict").asText()).isNotEqualTo("Owned");
    for (String speed : List.of("stock", "accelerated", "protected")) {
      assertThat(report.get("samplesPerSecond").get(speed).asDouble()).isPositive();
    }
    assertThat(report.get("spec").get(0).get("ratio").asDouble()).isEqualTo(0.1);
    assertThat(report.get("conditions").get("seed").asInt()).isEqualTo(1);
    assertThat(Files.readString(directory.resolve("report.html")))
        .contains("Watermark success rate", "data:image/png;base64,", "<svg", "Conditions")
        .contains("Verdict on the plain model", "Verdict on the stolen model")
        .contains("<div class=\"verdict ", "against null rates")
        .doesNotContain("http://", "https://", "<pre");
    generatedVerifierTakesOptions(directory.resolve("stolen.zip"));
    for (String model : List.of("protected.zip", "stolen.zip")) {
      MultiLayerNetwork network = MultiLayerNetwork.load(directory.resolve(model).toFile(), false);
      assertThat(network.numParams()).isPositive();
    }
    String output = printed.toString(StandardCharsets.UTF_8);
    assertThat(output)
        .contains("accuracy", "p-value", "verdict", "samples/s", "stolen")
        .contains(
            "Threads: 1 (as -Dthreads= says)",
            "The verdict on the stolen model:",
            "reference panel")
        .contains("What to do next", "mvn -q -Pcli")
        .doesNotContain("Used again");
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    Commands.printReused(new PrintStream(again, true, StandardCharsets.UTF_8), directory, 1);
    assertThat(again.toString(StandardCharsets.UTF_8))
        .startsWith("Used again from an earlier run: owner-1.key, images-1,");
    theCommandsThatArePrintedWork(output, report);
  }

  /** A verdict by command line is the one that the run gave. */
  private static void theCommandsThatArePrintedWork(String output, JsonNode report)
      throws Exception {
    List<String> commands =
        output.lines().filter(line -> line.contains("mea-defender.jar verify")).toList();
    assertThat(commands).hasSize(3);
    String stolen = commands.get(2).strip();
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Dmeadefender.cache=" + System.getProperty("meadefender.cache", ""));
    words.add("org.meadefender.cli.MeaDefender");
    // Without java -jar FILE.
    words.addAll(List.of(stolen.split(" ", -1)).subList(3, stolen.split(" ", -1).length));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isIn(0, 1, 2, 5);
    String wsr =
        String.format(
            Locale.ROOT,
            "%.1f %%",
            100 * report.get("stolen").get("watermarkSuccessRate").asDouble());
    assertThat(said).contains(wsr, "WSR", "not registered");
  }

  private static void generatedVerifierTakesOptions(Path suspect) {
    OwnerKey key = OwnerKey.insecureFromSeed(1);
    ImageSet heldOut = ImageSets.drawn(1, 60, 2).test();
    OwnershipVerifier verifier = ProtectedSmallCnn.verifier(key);
    SuspectModel model = SuspectModel.load(suspect);
    assertThat(verifier.verify(model, heldOut.iterator(100)).figures())
        .isEqualTo(
            ProtectedSmallCnn.verifyOwnership(key, suspect, heldOut.iterator(100)).figures());
    assertThat(
            verifier
                .withOptions(VerificationOptions.DEFAULT.withQueryBudget(10))
                .verify(model, heldOut.iterator(100))
                .toString())
        .contains("a budget of 10 queries is too small");
  }
}
