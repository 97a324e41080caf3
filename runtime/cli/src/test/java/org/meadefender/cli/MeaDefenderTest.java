package org.meadefender.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meadefender.cli.Run.assertMisuse;
import static org.meadefender.cli.Run.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.internal.Json;
import org.meadefender.release.Registration;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectException;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.FlatWorld;

class MeaDefenderTest {
  private static final int CLASSES = CommandFiles.CLASSES;
  private static final OwnerKey KEY = CommandFiles.KEY;
  private static final FlatWorld WORLD = CommandFiles.WORLD;

  @TempDir static Path shared;
  @TempDir Path directory;

  private static Path key = Path.of("");
  private static Path data = Path.of("");
  private static Path model = Path.of("");

  private Path registration = Path.of("");

  @BeforeAll
  static void prepare() throws IOException {
    CommandFiles files = CommandFiles.in(shared);
    key = files.key();
    data = files.data();
    model = files.model();
  }

  @BeforeEach
  void register() {
    registration = directory.resolve("registration.json");
    List<Object> words =
        new ArrayList<>(List.of("register", model, "--key", key, "--classes", CLASSES));
    words.addAll(List.of("--source-a", 4, "--source-b", 5, "--target", 0));
    words.addAll(List.of("--training-data", data, "--out", registration));
    Run run = run(words.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("commitment ");
  }

  private static SuspectModel marked() {
    return WORLD.marked(WatermarkSpec.of(4, 5, 0.1).withTarget(0), KEY);
  }

  private Run verify(SuspectModel suspect, Object... more) throws IOException {
    try (ServedSuspect served = new ServedSuspect(suspect, FlatWorld.SIDE)) {
      return verifyAt(served, more);
    }
  }

  private Run verifyAt(ServedSuspect served, Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "verify",
                served.address(),
                "--key",
                key,
                "--data",
                data,
                "--rows",
                200,
                "--retries",
                0));
    args.addAll(List.of(more));
    return run(args.toArray());
  }

  @Test
  void ownedExitsWith0AndLeavesPageAndEvidence() throws IOException {
    Path evidence = directory.resolve("evidence.json");
    Path page = directory.resolve("verdict.html");
    Run run =
        verify(
            marked(),
            "--registration",
            registration,
            "--evidence",
            evidence,
            "--html",
            page,
            "--transcript",
            directory.resolve("asked.jsonl"));
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.OWNED);
    assertThat(run.out()).startsWith("OWNED").contains("WSR");
    assertThat(run.err()).as("no progress in a pipe").isEmpty();
    assertThat(page)
        .content()
        .contains("The suspect carries the owner's watermark", "What the verdict does not show");
    assertThat(directory.resolve("asked.jsonl")).isNotEmptyFile();

    Run checked = run("inspect", evidence, "--key", key, "--data", data);
    assertThat(checked.code()).as(checked.err()).isZero();
    assertThat(checked.out()).contains("derivedAgain: yes", "verdict: Owned");
    assertThat(run("inspect", evidence).out()).contains("derivedAgain: no");

    byte[] changed = Files.readAllBytes(evidence);
    changed[changed.length / 2] ^= 1;
    Run rejected = run("inspect", Files.write(directory.resolve("changed.json"), changed));
    assertThat(rejected.code()).isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(rejected.err()).contains("changed.json is rejected: ");
  }

  @Test
  void notOwnedExitsWith1AndSpeaksJson() throws IOException {
    Run run =
        verify(WORLD.suspect((top, bottom) -> top), "--source-a", 2, "--source-b", 7, "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.NOT_OWNED);
    JsonNode json = Json.parse(run.out().getBytes(StandardCharsets.UTF_8), "output");
    assertThat(json.get("verdict").asText()).isEqualTo("NotOwned");
    assertThat(json.get("accuracy").asDouble()).isEqualTo(1);
  }

  @Test
  void inconclusiveExitsWith2() throws IOException {
    SuspectModel broken =
        features -> {
          throw new SuspectException("broken");
        };
    assertThat(verify(broken, "--registration", registration).code())
        .isEqualTo(ExitCode.INCONCLUSIVE);
    // A file of a network that wants another layout, then one that has learned nothing.
    Object[] file = {"verify", model, "--key", key, "--registration", registration, "--data", data};
    Run layout = run(file);
    assertThat(layout.code()).as(layout.err()).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(layout.out()).contains("does not take samples of shape [", "try another layout");
    List<Object> flat = new ArrayList<>(List.of(file));
    flat.addAll(List.of("--layout", "flat"));
    Run untrained = run(flat.toArray());
    assertThat(untrained.code()).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(untrained.out()).contains("near chance (10 %)");
  }

  @Test
  void aRunThatWasCutOffGoesOn() throws IOException {
    Path transcript = directory.resolve("asked.jsonl");
    int[] asked = {0};
    SuspectModel breaksDown =
        features -> {
          if (++asked[0] == 6) {
            throw new SuspectException("cut");
          }
          return marked().predict(features);
        };
    Object[] options = {"--registration", registration, "--transcript", transcript, "--batch", 64};
    try (ServedSuspect served = new ServedSuspect(breaksDown, FlatWorld.SIDE)) {
      assertThat(verifyAt(served, options).code()).isEqualTo(ExitCode.INCONCLUSIVE);
      long kept = Files.size(transcript);
      assertThat(kept).isPositive();
      assertThat(verifyAt(served, options).code()).isEqualTo(ExitCode.OWNED);
      assertThat(Files.size(transcript)).isGreaterThan(kept);
    }
    // Its answers are no other suspect's.
    Run other = verify(marked(), options);
    assertThat(other.code()).isEqualTo(ExitCode.MISUSE);
    assertThat(other.err()).contains("The transcript is of another suspect");
  }

  @Test
  void aRegisteredPoolIsTheOnlyOneThatIsTaken() throws IOException {
    Path certified = directory.resolve("certified.json");
    List<Object> args =
        new ArrayList<>(List.of("register", model, "--key", key, "--classes", CLASSES));
    args.addAll(List.of("--source-a", 4, "--source-b", 5, "--target", 0));
    args.addAll(List.of("--held-out", data, "--out", certified));
    Run registered = run(args.toArray());
    assertThat(registered.code()).as(registered.err()).isZero();
    Registration read = Registration.load(certified);
    assertThat(read.heldOutDigest()).isNotEmpty();
    assertThat(read.nullCertificate().orElseThrow().models()).isGreaterThanOrEqualTo(8);
    Run owned = verify(marked(), "--registration", certified);
    assertThat(owned.code()).as(owned.err()).isEqualTo(ExitCode.OWNED);
    assertThat(owned.out()).contains("registered before");
    Path other = CommandFiles.in(Files.createDirectory(directory.resolve("other"))).data();
    Path images = other.resolve("t10k-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(images);
    bytes[bytes.length - 1] ^= 1;
    Files.write(images, bytes);
    try (ServedSuspect served = new ServedSuspect(marked(), FlatWorld.SIDE)) {
      assertMisuse(
          run(
              "verify",
              served.address(),
              "--key",
              key,
              "--registration",
              certified,
              "--data",
              other),
          "are not the registered pool");
    }
  }

  @Test
  void misuseNamesValueRangeAndRemedy() throws IOException {
    assertMisuse(run(), "No command is given", "--help");
    assertMisuse(run("verify"), "Missing required", "--help");
    assertMisuse(
        run("verify", model, "--key", key, "--data", data),
        "Missing required argument (specify one of these)");
    assertMisuse(run("verfy"), "Did you mean", "verify");
    assertMisuse(
        verify(marked(), "--registration", registration, "--alpha", 0.5),
        "alpha is 0.5; it must be above 0 and at most 0.05");
    assertMisuse(
        verify(marked(), "--source-a", 2, "--source-b", 7, "--evidence", "e.json"),
        "--evidence e.json needs --registration");
    assertMisuse(
        verify(marked(), "--registration", registration, "--header-env", "Authorization=NOT_SET"),
        "environment variable NOT_SET is not set");
    assertMisuse(
        run("verify", "none.zip", "--key", key, "--registration", registration, "--data", data),
        "none.zip is not a file");
    assertMisuse(
        run("verify", model, "--key", "none", "--registration", registration, "--data", data),
        "Cannot read the owner's key from none: there is no such file");
    assertMisuse(
        run("verify", model, "--key", key, "--registration", registration, "--data", "none"),
        "none is no directory");
    assertMisuse(
        run(
            "register",
            model,
            "--key",
            key,
            "--classes",
            2,
            "--source-a",
            0,
            "--source-b",
            1,
            "--out",
            directory.resolve("r.json")),
        "The model has 2 classes; a watermark needs at least 3");
    assertMisuse(
        run(
            "register",
            model,
            "--key",
            key,
            "--classes",
            10,
            "--source-a",
            0,
            "--source-b",
            1,
            "--out",
            registration),
        "is never overwritten");
    OwnerKey.insecureFromSeed(8).save(directory.resolve("other.key"));
    assertMisuse(verifyWith(directory.resolve("other.key")), "is not the one that was registered");
  }

  private Run verifyWith(Path otherKey) {
    return run("verify", model, "--key", otherKey, "--registration", registration, "--data", data);
  }

  @Test
  void modelsAndRegistrationsAreInspected() {
    Run same = run("inspect", model, "--registration", registration);
    assertThat(same.code()).isZero();
    assertThat(same.out()).contains("parameters: 650", "registered: ");
    Run other = run("inspect", key, "--registration", registration);
    assertThat(other.code()).isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(other.err()).contains("the registered model's");
    assertMisuse(
        run("inspect", model, "--trust", model), "--trust goes with a registration or evidence");
    assertMisuse(
        run("inspect", registration, "--registration", registration), "goes with a model file");
    assertMisuse(run("inspect", registration, "--key", key, "--data", data), "go with evidence");
    Run shown = run("inspect", registration);
    assertThat(shown.out()).contains("kind: registration", "commitment: ", "timeStamp: none");
  }
}
