package org.meadefender.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meadefender.cli.Run.assertMisuse;
import static org.meadefender.cli.Run.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read who made a mistake. */
class MessagesTest {
  @TempDir static Path shared;
  @TempDir Path directory;

  private static CommandFiles files = new CommandFiles(Path.of(""), Path.of(""), Path.of(""));

  @BeforeAll
  static void prepare() throws IOException {
    files = CommandFiles.in(shared);
  }

  private static Run verify(Object... more) {
    List<Object> args = new ArrayList<>(List.of("verify", files.model(), "--data", files.data()));
    args.addAll(List.of(more));
    return run(args.toArray());
  }

  @Test
  void aKeyThatNobodyMayReadIsNamed() throws IOException {
    Path key = Files.copy(files.key(), directory.resolve("owner.key"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("---------"));
    assertMisuse(
        verify("--key", key, "--source-a", 0, "--source-b", 1),
        "The owner's key in " + key + " has permissions ---------",
        "run: chmod 600 " + key);
  }

  @Test
  void missingFilesAreNamedWithARemedy() {
    Path none = directory.resolve("missing.json");
    String words = none + ": there is no such file; check its name";
    assertMisuse(verify("--key", files.key(), "--registration", none), words);
    assertMisuse(run("inspect", files.model(), "--registration", none), words);
    assertMisuse(run("inspect", none), none + " is not a file; check its name");
    assertMisuse(
        verify("--key", files.key(), "--source-a", 0, "--source-b", 1, "--reference", "no.zip"),
        "no.zip is not a file");
  }

  @Test
  void anAuthorityThatIsNotThereIsNamed() {
    Object[] register = {
      "register",
      files.model(),
      "--key",
      files.key(),
      "--classes",
      10,
      "--source-a",
      0,
      "--source-b",
      1,
      "--out",
      directory.resolve("r.json"),
      "--time-stamp"
    };
    List<Object> dead = new ArrayList<>(List.of(register));
    dead.add("http://127.0.0.1:1/tsa");
    assertMisuse(
        run(dead.toArray()),
        "The time-stamping authority http://127.0.0.1:1/tsa cannot be reached");
    List<Object> wrong = new ArrayList<>(List.of(register));
    wrong.add("a b");
    Run run = run(wrong.toArray());
    assertMisuse(run, "--time-stamp", "'a b'");
    assertThat(run.err()).doesNotContain("Exception");
  }

  @Test
  void rowsThatAreTooFewNameTheLeast() {
    Run few = verify("--key", files.key(), "--source-a", 0, "--source-b", 1, "--rows", 3);
    assertMisuse(few, "rows is 3; it must be at least ");
    Matcher least = Pattern.compile("at least (\\d+)").matcher(few.err());
    assertThat(least.find()).isTrue();
    int rows = Integer.parseInt(least.group(1));
    assertMisuse(
        verify("--key", files.key(), "--source-a", 0, "--source-b", 1, "--rows", rows - 1),
        "at least " + rows);
    assertThat(
            verify(
                    "--key",
                    files.key(),
                    "--source-a",
                    0,
                    "--source-b",
                    1,
                    "--rows",
                    rows,
                    "--layout",
                    "flat")
                .code())
        .isEqualTo(ExitCode.INCONCLUSIVE);
  }

  static List<Exception> faults() {
    return List.of(
        new IOException(),
        new ConnectException(),
        new UncheckedIOException("Cannot read x", new IOException()),
        new UncheckedIOException(new IOException("broken")),
        new NoSuchFileException("x"),
        new AccessDeniedException("x"),
        new FileSystemException("x", null, "Is a directory"),
        new FileSystemException("x"),
        new IllegalArgumentException((String) null),
        new IllegalStateException(new IOException("x", new IOException())),
        new IllegalArgumentException(new UncheckedIOException(new ConnectException("refused"))));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void noMessageIsEmptyOrNamesAClass(Exception fault) {
    assertThat(Messages.of(fault))
        .isNotBlank()
        .doesNotContain("null", "Exception", "java.")
        .doesNotEndWith(": ");
  }

  @Test
  void failuresHaveCodesThatNoVerdictHas() {
    StringWriter err = new StringWriter();
    PrintWriter printer = new PrintWriter(err, true);
    int missing =
        MeaDefender.codeOf(
            () -> {
              throw new NoClassDefFoundError("ai/onnxruntime/OrtEnvironment");
            },
            printer);
    assertThat(missing).isEqualTo(ExitCode.MISUSE);
    assertThat(err.toString())
        .contains("a library is missing", "ai.onnxruntime.OrtEnvironment")
        .doesNotContain("\tat ");
    int memory =
        MeaDefender.codeOf(
            () -> {
              throw new OutOfMemoryError("Java heap space");
            },
            printer);
    assertThat(memory).isEqualTo(ExitCode.FAULT);
    assertThat(err.toString()).contains("not enough memory (Java heap space)", "-Xmx");
  }

  /** Whoever copies a name or an example from the help gets all of it. */
  @Test
  void helpBreaksNoNames() {
    List<String> commands = new ArrayList<>(List.of(""));
    commands.addAll(RootCommand.commandLine().getSubcommands().keySet());
    for (String command : commands) {
      Run run = command.isEmpty() ? run("--help") : run(command, "--help");
      assertThat(run.code()).isZero();
      assertThat(run.out()).startsWith("Usage: mea-defender " + command);
      assertThat(run.out().lines())
          .allSatisfy(
              line ->
                  assertThat(line)
                      .hasSizeLessThanOrEqualTo(80)
                      .doesNotMatch(".*[a-z/]-")
                      .doesNotMatch(".*\\w/"));
      String examples = run.out().substring(run.out().indexOf("Examples:"));
      assertThat(examples.lines().filter(line -> line.startsWith("      ")))
          .allSatisfy(line -> assertThat(line).matches(" {6}--[a-z].*"));
    }
  }

  @Test
  void aCommandIsTheSameAlone() {
    RootCommand.commandLine()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              var alone = RootCommand.commandLine(name).getSubcommands();
              assertThat(alone).containsOnlyKeys(name);
              assertThat(alone.values())
                  .extracting(each -> each.getUsageMessage())
                  .containsExactly(command.getUsageMessage());
            });
  }

  @Test
  void longLinesAreBrokenAtSpaces() {
    String text =
        HelpText.wrapped(
            "  --some-name  one-word and-another-word\n  mea-defender x --a b --c d", 24);
    assertThat(text.lines())
        .containsExactly(
            "  --some-name  one-word",
            "               and-another-word",
            "  mea-defender x --a b \\",
            "      --c d");
  }
}
