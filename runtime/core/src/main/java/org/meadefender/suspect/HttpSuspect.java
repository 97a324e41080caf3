package org.meadefender.suspect;

import java.net.URI;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A suspect behind an inference server. Not thread-safe. */
final class HttpSuspect implements SuspectModel {
  private final URI address;
  private final HttpOptions options;
  private final InferenceProtocol protocol;
  private final AnswerReader reader;
  private long sent;

  private HttpSuspect(URI address, SuspectOptions options) {
    this.address = address;
    this.options = options.http();
    this.reader = AnswerReader.of(options);
    this.protocol =
        HttpProtocol.of(address, options)
            .open(address, new HttpTransport(address, options.http()), options);
  }

  /**
   * A suspect at an address; nothing is sent yet.
   *
   * @throws IllegalArgumentException if the address is of no known protocol and there is no
   *     template, or it is not safe to use
   */
  static HttpSuspect of(URI address, SuspectOptions options) {
    return new HttpSuspect(address, options);
  }

  /** The address, without query and password. */
  @Override
  public String identity() {
    return HttpTransport.redacted(address);
  }

  @Override
  public INDArray predict(INDArray features) {
    int most = protocol.mostRows();
    boolean exact = protocol.exact();
    int batch = exact ? most : most == 0 ? options.batch() : Math.min(most, options.batch());
    return Batches.ask(features, batch, exact, this::ask);
  }

  private float[][] ask(INDArray rows) {
    int n = (int) rows.size(0);
    if (sent + n > options.queryBudget()) {
      throw new SuspectException(
          "The budget of " + options.queryBudget() + " queries is used up after " + sent);
    }
    sent += n;
    HttpAnswer answer = protocol.ask(rows);
    try {
      return reader.read(protocol.read(answer, n), n);
    } catch (IllegalArgumentException e) {
      throw new SuspectException(
          "The answer of " + identity() + " cannot be used: " + e.getMessage(), e);
    }
  }
}
