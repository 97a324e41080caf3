package org.meadefender.suspect;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.meadefender.internal.Json;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A server that is asked by a template. */
final class TemplateProtocol implements InferenceProtocol {
  private final URI address;
  private final HttpTransport transport;
  private final SuspectOptions options;
  private final JsonTemplate template;

  TemplateProtocol(URI address, HttpTransport transport, SuspectOptions options) {
    this.address = address;
    this.transport = transport;
    this.options = options;
    this.template = options.template().orElseThrow();
  }

  @Override
  public int mostRows() {
    return template.asksSeveral() ? 0 : 1;
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public HttpAnswer ask(INDArray features) {
    InputFormat format = options.format();
    INDArray images = format.withLayout(InputFormat.Layout.SAME).withScaling(1, 0).apply(features);
    byte[] body = template.body(format.apply(features), images);
    return transport.post(address, body, Map.of("Content-Type", "application/json"));
  }

  @Override
  public Map<String, Output> read(HttpAnswer answer, int rows) {
    return JsonRows.read(
        template.answers(Json.parse(answer.body(), "The answer")),
        rows,
        new ClassLabels(List.copyOf(options.classNames())));
  }
}
