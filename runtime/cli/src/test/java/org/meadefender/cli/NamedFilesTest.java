package org.meadefender.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meadefender.cli.Run.assertMisuse;
import static org.meadefender.cli.Run.run;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meadefender.release.Registration;
import org.meadefender.release.SigningKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.FlatWorld;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/**
 * Nothing that a call reads, and nothing that others wrote, is overwritten; nothing is too long.
 */
class NamedFilesTest {
  private static final WatermarkSpec MARK = WatermarkSpec.of(4, 5, 0.1).withTarget(0);
  private static final List<String> OUTPUTS = List.of("--transcript", "--evidence", "--html");

  @TempDir static Path shared;
  @TempDir Path directory;

  private static Path key = Path.of("");
  private static Path data = Path.of("");
  private static Path model = Path.of("");
  private static Path registration = Path.of("");

  @BeforeAll
  static void prepare() throws IOException {
    CommandFiles files = CommandFiles.in(shared);
    key = files.key();
    data = files.data();
    model = files.model();
    registration =
        Files.write(
            shared.resolve("registration.json"),
            Registration.of(
                    List.of(MARK), CommandFiles.CLASSES, CommandFiles.KEY, model, Instant.now())
                .sign(SigningKey.of(CommandFiles.KEY))
                .toBytes());
  }

  private static Run verify(Object suspect, Object... more) {
    List<Object> args = new ArrayList<>(List.of("verify", suspect, "--key", key, "--data", data));
    args.addAll(List.of("--registration", registration, "--rows", 200));
    args.addAll(List.of(more));
    return run(args.toArray());
  }

  @Test
  void everyOptionOfAPathSaysWhatIsDoneWithIt() {
    List<String> silent = new ArrayList<>();
    int paths = 0;
    for (CommandLine command : RootCommand.commandLine().getSubcommands().values()) {
      for (ArgSpec arg : command.getCommandSpec().args()) {
        boolean isPath = arg.type() == Path.class;
        paths += isPath ? 1 : 0;
        if (isPath
            && ((AnnotatedElement) arg.userObject()).getAnnotation(NamedFile.class) == null) {
          silent.add(command.getCommandName() + " " + arg);
        }
      }
    }
    assertThat(silent).isEmpty();
    assertThat(paths).isGreaterThan(20);
  }

  static Stream<List<Object>> outputsAndInputs() {
    List<Path> inputs = List.of(key, registration, model, data.resolve("t10k-images-idx3-ubyte"));
    return OUTPUTS.stream().flatMap(option -> inputs.stream().map(file -> List.of(option, file)));
  }

  @ParameterizedTest
  @MethodSource("outputsAndInputs")
  void noInputIsOverwritten(List<Object> given) throws IOException {
    Path file = (Path) given.get(1);
    byte[] before = Files.readAllBytes(file);
    assertMisuse(verify(model, given.get(0), file), given.get(0) + " " + file);
    // By another way to the same file, too.
    Path link =
        Files.createSymbolicLink(Files.createTempDirectory(shared, "link").resolve("link"), file);
    assertMisuse(verify(model, given.get(0), link), given.get(0) + " " + link);
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void filesInTheValuesOfOptionsAreInputs() throws IOException {
    Path asking = Files.writeString(directory.resolve("ask.py"), "");
    Path other = Files.copy(model, directory.resolve("other.zip"));
    Object[] given = {
      "--suspect-command", "python3 " + asking, "--reference", other + " --layout flat"
    };
    for (Path file : List.of(asking, other)) {
      List<Object> args = new ArrayList<>(List.of("verify", "--key", key, "--data", data));
      args.addAll(List.of("--registration", registration, "--html", file));
      args.addAll(List.of(given));
      assertMisuse(run(args.toArray()), "is read by --", "in the same call; it stays as it is");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--transcript", "--evidence", "--html"})
  void nothingThatOthersWroteIsOverwritten(String option) throws IOException {
    Path thesis = Files.writeString(directory.resolve("thesis.txt"), "all of it\n");
    Path page = Files.writeString(directory.resolve("home.html"), "<!DOCTYPE html><p>\n");
    Path copy = Files.copy(registration, directory.resolve("copy.json"));
    for (Path file : List.of(thesis, page, copy)) {
      byte[] before = Files.readAllBytes(file);
      assertMisuse(verify(model, option, file), option + " " + file, "it stays as it is");
      assertThat(file).hasBinaryContent(before);
    }
    assertMisuse(verify(model, option, directory), "is no regular file");
  }

  @Test
  void keysAndRegistrationsAreNeverOverwritten() throws IOException {
    byte[] before = Files.readAllBytes(registration);
    Object[] register = {
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
      registration
    };
    assertMisuse(run(register), "--out " + registration + " exists, and is never overwritten");
    assertThat(registration).hasBinaryContent(before);
    Path other = Files.writeString(directory.resolve("other.key"), "x");
    assertMisuse(
        run("train-autoencoder", "--key", key, "--data", data, "--out", other),
        "exists, and is never overwritten");
    assertThat(other).hasContent("x");
  }

  @Test
  void directoriesOfOthersAreNotFilled() throws IOException {
    Files.writeString(directory.resolve("thesis.txt"), "all of it");
    assertMisuse(
        run(
            "audit",
            model,
            "--key",
            key,
            "--registration",
            registration,
            "--thief-data",
            data,
            "--data",
            data,
            "--out",
            directory),
        "exists and is not the directory of an audit");
    assertMisuse(
        run(
            "verify",
            "--recorded",
            data,
            "--key",
            key,
            "--registration",
            registration,
            "--data",
            data),
        "--recorded " + data + " is read by --data");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void directoriesOfIndependentModelsAreLookedAtToo() {
    assertMisuse(
        verify(model, "--reference", "--recorded " + data),
        "--reference \"--recorded " + data + "\": --recorded " + data + " exists and is not a",
        "directory of recorded answers");
  }

  @Test
  void twoOutputsNeedTwoFiles() {
    Path file = directory.resolve("result");
    assertMisuse(
        verify(model, "--html", file, "--evidence", file), "is written by --", "choose another");
    assertThat(file).doesNotExist();
  }

  @Test
  void outputsAreTriedBeforeTheFirstQuery() throws IOException {
    int[] asked = {0};
    SuspectModel counting =
        features -> {
          asked[0]++;
          return CommandFiles.WORLD.marked(MARK, CommandFiles.KEY).predict(features);
        };
    try (ServedSuspect served = new ServedSuspect(counting, FlatWorld.SIDE)) {
      for (String option : OUTPUTS) {
        Path nowhere = directory.resolve("none").resolve("file");
        assertMisuse(
            verify(served.address(), option, nowhere), "there is no directory", "create it");
        assertMisuse(verify(served.address(), option, "/proc/file"), "cannot be written: /proc");
      }
    }
    assertThat(asked[0]).isZero();
  }

  @Test
  void aVerdictIsPrintedEvenIfWritingFails() throws IOException {
    Path doomed = Files.createDirectory(directory.resolve("doomed"));
    int[] asked = {0};
    SuspectModel sawing =
        features -> {
          if (++asked[0] == 3) {
            delete(doomed);
          }
          return CommandFiles.WORLD.marked(MARK, CommandFiles.KEY).predict(features);
        };
    try (ServedSuspect served = new ServedSuspect(sawing, FlatWorld.SIDE)) {
      Run run =
          verify(
              served.address(),
              "--evidence",
              doomed.resolve("evidence.json"),
              "--transcript",
              doomed.resolve("asked.jsonl"),
              "--html",
              doomed.resolve("verdict.html"),
              "--batch",
              64);
      assertThat(run.out()).startsWith("OWNED");
      assertThat(run.err()).contains("the verdict stands", "asked.jsonl", "evidence.json");
      assertThat(run.code()).isEqualTo(ExitCode.MISUSE);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void ownResultsAreReplaced() throws IOException {
    SuspectModel marked = CommandFiles.WORLD.marked(MARK, CommandFiles.KEY);
    try (ServedSuspect served = new ServedSuspect(marked, FlatWorld.SIDE)) {
      Path page = directory.resolve("verdict.html");
      Path evidence = directory.resolve("evidence.json");
      for (int i = 0; i < 2; i++) {
        Run run = verify(served.address(), "--html", page, "--evidence", evidence);
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.OWNED);
      }
    }
  }

  @Test
  void aTranscriptOfOtherOptionsIsNeverSilentlyBegunAnew() throws IOException {
    SuspectModel marked = CommandFiles.WORLD.marked(MARK, CommandFiles.KEY);
    Path transcript = directory.resolve("asked.jsonl");
    try (ServedSuspect served = new ServedSuspect(marked, FlatWorld.SIDE)) {
      verify(served.address(), "--transcript", transcript, "--batch", 64);
      byte[] before = Files.readAllBytes(transcript);
      assertMisuse(
          verify(served.address(), "--transcript", transcript, "--batch", 65),
          "The transcript is of other options",
          "batch 64",
          "now",
          "batch 65",
          "use the same as before");
      assertThat(transcript).hasBinaryContent(before);
    }
  }
}
