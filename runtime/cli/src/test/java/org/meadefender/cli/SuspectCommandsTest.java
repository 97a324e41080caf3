package org.meadefender.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.meadefender.cli.Run.assertMisuse;
import static org.meadefender.cli.Run.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meadefender.internal.Json;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.FlatWorld;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Suspects of every kind by the command line. */
class SuspectCommandsTest {
  @TempDir static Path shared;
  @TempDir Path directory;

  private static CommandFiles files = new CommandFiles(Path.of(""), Path.of(""), Path.of(""));

  @BeforeAll
  static void prepare() throws IOException {
    files = CommandFiles.in(shared);
  }

  private static SuspectModel marked() {
    return CommandFiles.WORLD.marked(WatermarkSpec.of(4, 5, 0.1).withTarget(0), CommandFiles.KEY);
  }

  private static Run verify(Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "verify",
                "--key",
                files.key(),
                "--data",
                files.data(),
                "--source-a",
                4,
                "--source-b",
                5,
                "--target",
                0,
                "--rows",
                200));
    args.addAll(List.of(more));
    return run(args.toArray());
  }

  /** Answers as the marked model, and writes them where they belong. */
  private void answer(Path questions) throws IOException {
    byte[] bytes = Files.readAllBytes(questions);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(128);
    float[] values = new float[buffer.remaining() / Float.BYTES];
    buffer.asFloatBuffer().get(values);
    int side = FlatWorld.SIDE;
    INDArray rows =
        Nd4j.createFromArray(values).reshape(values.length / side / side, 1, side, side);
    int[] labels = marked().predict(rows).argMax(1).toIntVector();
    String name = questions.getFileName().toString();
    Files.writeString(
        questions.resolveSibling(name.replace("questions", "answers").replace(".npy", ".json")),
        Arrays.toString(labels));
  }

  @Test
  void recordedAnswersLeadToAVerdictInAFewRounds() throws IOException {
    Path recorded = directory.resolve("recorded");
    Pattern next = Pattern.compile("(questions-\\d+\\.npy)");
    for (int round = 0; round < 10; round++) {
      Run run = verify("--recorded", recorded);
      Matcher asked = next.matcher(run.out());
      if (!asked.find()) {
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCode.OWNED);
        assertThat(round).isLessThan(6);
        return;
      }
      assertThat(run.code()).isEqualTo(ExitCode.INCONCLUSIVE);
      assertMisuse(verify("--recorded", recorded), "waits for its answers");
      answer(recorded.resolve(asked.group(1)));
    }
    throw new AssertionError("no verdict after ten rounds");
  }

  @Test
  void independentModelsHaveTheirOwnOptions() throws IOException {
    // Takes rows from 0 to 255 without a channel, and answers by names in an order of its own.
    SuspectModel unmarked = CommandFiles.WORLD.suspect((top, bottom) -> top);
    try (ServedSuspect suspect = new ServedSuspect(marked(), FlatWorld.SIDE);
        ServedSuspect other = new ServedSuspect(turned(unmarked), FlatWorld.SIDE)) {
      String independent = other.address() + " --scale 255 --class-order 9,8,7,6,5,4,3,2,1,0";
      Run run = verify(suspect.address(), "--reference", independent, "--json");
      assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCode.OWNED);
      assertMisuse(
          verify(suspect.address(), "--reference", other.address() + " --layot FLAT"),
          "--reference \"",
          "--layot");
      assertMisuse(
          verify(suspect.address(), "--reference", other.address() + " --class-order 1,0"),
          "The class order names 2 classes, the data have 10");
    }
  }

  private static SuspectModel turned(SuspectModel model) {
    return features -> {
      assertThat(features.maxNumber().doubleValue()).isGreaterThan(1);
      INDArray answers = model.predict(features.div(255));
      INDArray result = answers.ulike();
      for (int i = 0; i < CommandFiles.CLASSES; i++) {
        result.putColumn(CommandFiles.CLASSES - 1 - i, answers.getColumn(i));
      }
      return result;
    };
  }

  /** A program that answers always the same; it needs nothing but Java itself. */
  public static final class Program {
    private Program() {}

    /** Runs. */
    public static void main(String[] args) {
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
          .lines()
          .forEach(row -> System.out.println("\"" + args[0] + "\""));
    }
  }

  @Test
  void commandsAreSuspectsToo() throws Exception {
    Path names =
        Files.writeString(
            directory.resolve("names.txt"),
            "class 0\nclass 1\nclass 2\nclass 3\n4\n5\n6\n7\n8\n9\n");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path classes =
        Path.of(Program.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Run run =
        verify(
            "--suspect-command",
            "'" + java + "' -cp '" + classes + "' " + Program.class.getName() + " 'class 3'",
            "--class-names",
            names,
            "--json");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.INCONCLUSIVE);
    JsonNode verdict = Json.parse(run.out().getBytes(StandardCharsets.UTF_8), "output");
    assertThat(verdict.toString()).contains("command " + java, "near chance");
  }

  @Test
  void templatesAreTakenFromTextOrFile() throws IOException {
    try (ServedSuspect suspect = new ServedSuspect(marked(), FlatWorld.SIDE)) {
      String request = "{\"instances\": \"$rows\"}";
      Run text =
          verify(suspect.address(), "--request", request, "--answer", "/predictions", "--json");
      assertThat(text.code()).as(text.err()).isEqualTo(ExitCode.OWNED);
      Path file = Files.writeString(directory.resolve("request.json"), request);
      Run ofFile = verify(suspect.address(), "--request", file, "--answer", "/nothing");
      assertThat(ofFile.code()).isEqualTo(ExitCode.INCONCLUSIVE);
      assertThat(ofFile.out()).contains("it has nothing at /nothing");
    }
  }

  @Test
  void misuseIsNamed() {
    assertMisuse(verify(), "One suspect is needed, 0 are given");
    assertMisuse(
        verify(files.model(), "--recorded", directory.resolve("r")),
        "One suspect is needed, 2 are given");
    assertMisuse(verify(files.model(), "--mean", "0.5"), "--mean and --std go together");
    assertMisuse(
        verify(files.model(), "--mean", "0.5", "--std", "0.2", "--scale", 2),
        "--mean and --std go together");
    assertMisuse(
        verify(files.model(), "--image-size", "224"),
        "--image-size is 224; it must be HEIGHTxWIDTH");
    assertMisuse(verify(files.model(), "--answer", "/p"), "--answer /p needs --request");
    assertMisuse(verify(files.model(), "--output", "p"), "is neither an ONNX file nor an address");
    assertMisuse(
        verify(files.model(), "--class-names", "a,b"),
        "2 class names are given, the data have 10 classes");
    assertMisuse(verify(files.model(), "--channels", 2), "channels is 2; it must be 1 or 3");
    assertMisuse(verify("http://a b/v2/models/net"), "The address is no valid one");
    assertMisuse(verify("--suspect-command", "run 'it"), "a quote ' is not closed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b  c|a,b,c",
        "a \"b c\" d|a,b c,d",
        "\"it's\"|it's",
        "a'b c'd|ab cd",
        "a ''|a,",
        "C:\\x y|C:\\x,y"
      },
      quoteCharacter = '#')
  void wordsAreSplitOutsideOfQuotes(String text, String words) {
    assertThat(Words.of(text)).containsExactly(words.split(",", -1));
    assertThatIllegalArgumentException().isThrownBy(() -> Words.of("a \"b"));
  }
}
