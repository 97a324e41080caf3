package org.meadefender.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.meadefender.suspect.HttpOptions;
import org.meadefender.suspect.InputFormat;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.suspect.Suspects;
import picocli.CommandLine.Option;

/** How the suspect is asked. */
final class SuspectOptions {
  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description =
          "What the suspect takes, if not the data's [n, C, H, W]: ${COMPLETION-CANDIDATES}.")
  private InputFormat.Layout layout = InputFormat.Layout.SAME;

  @Option(
      names = "--scale",
      paramLabel = "X",
      description = "Values go from 0 to 1; the suspect gets them times this, for instance 255.")
  private double scale = 1;

  @Option(
      names = "--shift",
      paramLabel = "X",
      description = "Added after scaling, for instance -1 with --scale 2.")
  private double shift;

  @Option(
      names = "--class-order",
      paramLabel = "CLASS",
      split = ",",
      description = "For each of the suspect's classes the data's class, for instance 1,0,2.")
  private List<Integer> classOrder = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Longest wait for an answer over HTTP; default 30.")
  private int timeout = (int) HttpOptions.DEFAULT.timeout().toSeconds();

  @Option(
      names = "--retries",
      paramLabel = "N",
      description = "Further tries after a fault that may pass; default 4.")
  private int retries = HttpOptions.DEFAULT.retries();

  @Option(
      names = "--request-rows",
      paramLabel = "N",
      description = "Most rows of an HTTP request; default 64.")
  private int requestRows = HttpOptions.DEFAULT.batch();

  @Option(
      names = "--header-env",
      paramLabel = "HEADER=NAME",
      description =
          "HTTP header whose value is in the environment variable NAME, for instance"
              + " Authorization=TOKEN. Its value is never shown.")
  private Map<String, String> headers = Map.of();

  /**
   * Opens the suspect.
   *
   * @param location file or address
   */
  SuspectModel open(String location, int classes) {
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
    SuspectModel suspect = Suspects.open(location, classes, http);
    InputFormat format =
        InputFormat.SAME.withLayout(layout).withScaling(scale, shift).withClassOrder(classOrder);
    return format.equals(InputFormat.SAME) ? suspect : suspect.withFormat(format);
  }
}
