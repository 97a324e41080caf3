package org.meadefender.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.meadefender.internal.BoundedFile;
import org.meadefender.suspect.HttpOptions;
import org.meadefender.suspect.InputFormat;
import org.meadefender.suspect.JsonTemplate;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.suspect.SuspectOptions;
import org.meadefender.suspect.Suspects;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A suspect, and how it is asked. */
final class AskingOptions {
  private static final int MAX_TEXT_BYTES = 1 << 20;

  @Parameters(
      paramLabel = "SUSPECT",
      arity = "0..1",
      description = {
        "Deeplearning4j zip, .onnx file, .h5 file of Keras 1 or 2, or the address of a model"
            + " server: KServe v2 (http[s]://.../v2/models/NAME), TensorFlow-Serving"
            + " (.../v1/models/NAME:predict), Vertex (...:predict), SageMaker (.../invocations),"
            + " or any other by --request and --answer."
      })
  private @Nullable String location;

  @Option(
      names = "--suspect-command",
      paramLabel = "COMMAND",
      description =
          "Instead of SUSPECT: a program that gets a row as a line of JSON on its standard input,"
              + " and answers each with a line of JSON: scores, a label, or {label: score}.")
  private @Nullable String command;

  @NamedFile(FileUse.QUESTIONS)
  @Option(
      names = "--recorded",
      paramLabel = "DIR",
      description =
          "Instead of SUSPECT: what is to be asked is written to DIR/questions-N.npy; ask it"
              + " elsewhere, write DIR/answers-N.npy or .json, and call again.")
  private @Nullable Path recorded;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description =
          "What the suspect takes, if not the data's [n, C, H, W]: ${COMPLETION-CANDIDATES}. Not"
              + " needed where the suspect says it.")
  private InputFormat.Layout layout = InputFormat.Layout.SAME;

  @Option(
      names = "--colors",
      paramLabel = "COLORS",
      description = "Channels that the suspect takes: ${COMPLETION-CANDIDATES}.")
  private InputFormat.Colors colors = InputFormat.Colors.SAME;

  @Option(
      names = "--image-size",
      paramLabel = "HxW",
      description = "Height and width of images that the suspect takes, for instance 224x224.")
  private @Nullable String imageSize;

  @Option(
      names = "--scale",
      paramLabel = "X",
      split = ",",
      description =
          "Values go from 0 to 1; the suspect gets them times this, for instance 255, or one number"
              + " for each channel.")
  private @Nullable List<Double> scale;

  @Option(
      names = "--shift",
      paramLabel = "X",
      split = ",",
      description = "Added after scaling, for instance -1 with --scale 2, or one for each channel.")
  private @Nullable List<Double> shift;

  @Option(
      names = "--mean",
      paramLabel = "X",
      split = ",",
      description =
          "With --std, instead of --scale and --shift: the suspect gets (value - mean) / std, for"
              + " instance --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225.")
  private @Nullable List<Double> mean;

  @Option(names = "--std", paramLabel = "X", split = ",", description = "See --mean.")
  private @Nullable List<Double> std;

  @Option(
      names = "--class-order",
      paramLabel = "CLASS",
      split = ",",
      description = "For each of the suspect's classes the data's class, for instance 1,0,2.")
  private List<Integer> classOrder = List.of();

  @Option(
      names = "--class-names",
      paramLabel = "NAME",
      split = ",",
      description =
          "What the suspect calls the classes, in the data's order, or a file with a name a line;"
              + " default the names of the class folders.")
  private List<String> classNames = List.of();

  @Option(
      names = "--input",
      paramLabel = "NAME",
      description = "The suspect's input that takes the samples, where that cannot be told.")
  private @Nullable String input;

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = "The suspect's output, or the member of its answer, that holds the answers.")
  private @Nullable String output;

  @Option(
      names = "--constant",
      paramLabel = "NAME=X",
      description = "What another input of the suspect's gets; may be repeated.")
  private Map<String, Double> constants = Map.of();

  @Option(
      names = "--request",
      paramLabel = "JSON",
      description =
          "What a request looks like, as text or as a file: $rows, $row or $png stands for the"
              + " samples, for instance {\"inputs\": \"$rows\"}.")
  private @Nullable String request;

  @Option(
      names = "--answer",
      paramLabel = "POINTER",
      description =
          "JSON pointer to the answers in what the server answers, for instance /predictions;"
              + " default all of it.")
  private String answer = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Longest wait for a whole answer of a server or a command; default 30.")
  private int timeout = (int) HttpOptions.DEFAULT.timeout().toSeconds();

  @Option(
      names = "--retries",
      paramLabel = "N",
      description = "Further tries after a fault that may pass; default 4.")
  private int retries = HttpOptions.DEFAULT.retries();

  @Option(
      names = "--request-rows",
      paramLabel = "N",
      description = "Most rows of a request; default 64.")
  private int requestRows = HttpOptions.DEFAULT.batch();

  @Option(
      names = "--header-env",
      paramLabel = "HEADER=NAME",
      description =
          "HTTP header whose value is in the environment variable NAME, for instance"
              + " Authorization=TOKEN. Its value is never shown.")
  private Map<String, String> headers = Map.of();

  /** The suspect's file; empty for an address, which may hold a password, and all else. */
  String fileName() {
    boolean isFile = location != null && SuppliedReference.isFile(location);
    return isFile ? String.valueOf(Path.of(String.valueOf(location)).getFileName()) : "";
  }

  /** Whether the suspect is asked elsewhere. */
  boolean isRecorded() {
    return recorded != null;
  }

  /**
   * Opens the suspect.
   *
   * @param dataClasses names of the data's classes
   */
  SuspectModel open(List<String> dataClasses) throws IOException {
    long given = Stream.of(location, command, recorded).filter(each -> each != null).count();
    if (given != 1) {
      throw new IllegalArgumentException(
          "One suspect is needed, "
              + given
              + " are given: SUSPECT, --suspect-command or --recorded");
    }
    SuspectOptions options = options(dataClasses);
    if (recorded != null) {
      return Suspects.recorded(recorded, options);
    }
    return command != null
        ? Suspects.command(Words.of(command), options)
        : Suspects.open(java.util.Objects.requireNonNull(location), options);
  }

  private SuspectOptions options(List<String> dataClasses) throws IOException {
    SuspectOptions options = SuspectOptions.of(dataClasses).withFormat(format()).withHttp(http());
    if (!classNames.isEmpty()) {
      options = options.withClassNames(named());
    }
    if (input != null) {
      options = options.withInput(input);
    }
    if (output != null) {
      options = options.withOutput(output);
    }
    for (Map.Entry<String, Double> constant : constants.entrySet()) {
      options = options.withConstant(constant.getKey(), constant.getValue());
    }
    if (request != null) {
      options = options.withTemplate(new JsonTemplate(textOrFile(request), answer));
    } else if (!answer.isEmpty()) {
      throw new IllegalArgumentException("--answer " + answer + " needs --request beside it");
    }
    return options;
  }

  private List<String> named() throws IOException {
    if (classNames.size() == 1 && Files.isRegularFile(Path.of(classNames.get(0)))) {
      return BoundedFile.text(Path.of(classNames.get(0)), MAX_TEXT_BYTES)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    }
    return classNames;
  }

  private static String textOrFile(String value) throws IOException {
    boolean isText = value.strip().startsWith("{") || value.strip().startsWith("[");
    return isText ? value : BoundedFile.text(Path.of(value), MAX_TEXT_BYTES);
  }

  private InputFormat format() {
    InputFormat format =
        InputFormat.SAME.withLayout(layout).withColors(colors).withClassOrder(classOrder);
    if (imageSize != null) {
      String[] sides = imageSize.split("x", -1);
      try {
        format = format.withImageSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "--image-size is " + imageSize + "; it must be HEIGHTxWIDTH, for instance 224x224", e);
      }
    }
    if (mean == null && std == null) {
      return format.withScaling(
          scale == null ? List.of(1.0) : scale, shift == null ? List.of(0.0) : shift);
    }
    if (mean == null || std == null || scale != null || shift != null) {
      throw new IllegalArgumentException(
          "--mean and --std go together, and not with --scale and --shift");
    }
    return format.withMeanAndStd(mean, std);
  }

  private HttpOptions http() {
    HttpOptions http =
        HttpOptions.DEFAULT
            .withTimeout(Duration.ofSeconds(timeout))
            .withRetries(retries, HttpOptions.DEFAULT.backoff())
            .withBatch(requestRows);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String value = System.getenv(header.getValue());
      if (value == null) {
        throw new IllegalArgumentException(
            "--header-env "
                + header.getKey()
                + ": the environment variable "
                + header.getValue()
                + " is not set; set it to the header's value");
      }
      http = http.withHeader(header.getKey(), value);
    }
    return http;
  }
}
