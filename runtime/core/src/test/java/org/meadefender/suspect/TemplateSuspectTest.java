package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TemplateSuspectTest {
  private static final SuspectOptions THREE = SuspectOptions.of(List.of("cat", "dog", "cow"));
  private static final INDArray ROWS = Nd4j.linspace(0, 23, 24).divi(255).reshape(2, 3, 2, 2);

  private static SuspectOptions template(String request, String answer) {
    return THREE.withTemplate(new JsonTemplate(request, answer));
  }

  @Test
  void rowsStandWhereTheTemplateHasThem() throws IOException {
    try (JsonServer server =
        new JsonServer(
            "/predict",
            request -> "{\"ok\":true,\"result\":{\"p\":[[0.1,0.2,0.7],[0.6,0.3,0.1]]}}")) {
      SuspectOptions options =
          template("{\"model\": \"net\", \"data\": {\"x\": \"$rows\"}, \"n\": [1]}", "/result/p");
      SuspectModel suspect = Suspects.open(server.address("/predict"), options);
      assertThat(suspect.predict(ROWS).argMax(1).toIntVector()).containsExactly(2, 0);
      JsonNode asked = server.asked.get(0);
      assertThat(asked.get("model").textValue()).isEqualTo("net");
      assertThat(asked.get("n").toString()).isEqualTo("[1]");
      assertThat(asked.at("/data/x").size()).isEqualTo(2);
      assertThat(asked.at("/data/x/1/2/1/1").floatValue()).isEqualTo(23 / 255f);
    }
  }

  @Test
  void singleRowsAreAskedOneByOne() throws IOException {
    try (JsonServer server =
        new JsonServer(
            "/predict",
            request ->
                request.get("x").get(0).get(0).get(0).floatValue() > 0
                    ? "{\"label\":\"cow\"}"
                    : "{\"label\":\"cat\"}")) {
      SuspectModel suspect =
          Suspects.open(server.address("/predict"), template("{\"x\": \"$row\"}", "/label"));
      assertThat(suspect.predict(ROWS).argMax(1).toIntVector()).containsExactly(0, 2);
      assertThat(server.asked).hasSize(2);
    }
  }

  /** As Hugging Face's image classification answers, in whatever order of the labels. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"label\":\"cow\",\"score\":0.6},{\"label\":\"cat\",\"score\":0.3}]",
        "[[{\"score\":0.3,\"label\":\"LABEL_0\"},{\"score\":0.6,\"label\":\"LABEL_2\"}]]",
        "[{\"label\":\"cow\",\"score\":0.6}]"
      })
  void imagesAreSentAsPng(String answer) throws IOException {
    try (JsonServer server = new JsonServer("/models/net", request -> answer)) {
      SuspectOptions options =
          template("{\"inputs\": \"$png\"}", "")
              .withFormat(InputFormat.SAME.withLayout(InputFormat.Layout.CHANNELS_LAST));
      SuspectModel suspect = Suspects.open(server.address("/models/net"), options);
      assertThat(suspect.predict(ROWS).argMax(1).toIntVector()).containsExactly(2, 2);
      byte[] png = Base64.getDecoder().decode(server.asked.get(1).get("inputs").textValue());
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      assertThat(image.getRGB(1, 0) & 0xffffff).isEqualTo(13 << 16 | 17 << 8 | 21);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/projects/p/locations/l/endpoints/1:predict",
        "/endpoints/net/invocations",
        "/invocations"
      })
  void vertexAndSageMakerNeedNoTemplate(String path) throws IOException {
    try (JsonServer server =
        new JsonServer(path, request -> "{\"predictions\":[[0.1,0.2,0.7],[0.6,0.3,0.1]]}")) {
      assertThat(Suspects.open(server.address(path), THREE).predict(ROWS).argMax(1).toIntVector())
          .containsExactly(2, 0);
      assertThat(server.asked.get(0).get("instances").size()).isEqualTo(2);
    }
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    try (JsonServer server = new JsonServer("/predict", request -> "{\"outputs\":[1,2]}")) {
      SuspectModel suspect =
          Suspects.open(server.address("/predict"), template("{\"x\": \"$rows\"}", "/predictions"));
      assertThatThrownBy(() -> suspect.predict(ROWS))
          .isInstanceOf(SuspectException.class)
          .hasMessageContaining("it has nothing at /predictions; it is {\"outputs\":[1,2]}")
          .hasMessageContaining("--answer");
      assertThatThrownBy(() -> Suspects.open(server.address("/predict"), THREE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is of no known protocol")
          .hasMessageContaining("--request and --answer");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "{}, '', 0 places for samples",
    "'[\"$row\", \"$rows\"]', '', 2 places for samples",
    "'{\"x\": ', '', no valid JSON",
    "'{\"x\": \"$rows\"}', predictions, no JSON pointer"
  })
  void unusableTemplatesAreRefused(String request, String answer, String message) {
    assertThatThrownBy(() -> new JsonTemplate(request, answer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
