package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TensorflowServingTest {
  private static final String PATH = "/v1/models/net:predict";
  private static final String METADATA = "/v1/models/net/metadata";
  private static final SuspectOptions THREE = SuspectOptions.of(List.of("cat", "dog", "cow"));
  private static final INDArray ROWS = Nd4j.linspace(0, 23, 24).divi(255).reshape(2, 3, 2, 2);

  private static String metadata(String... inputs) {
    return "{\"model_spec\":{\"name\":\"net\"},\"metadata\":{\"signature_def\":{\"signature_def\":"
        + "{\"serving_default\":{\"inputs\":{"
        + String.join(",", inputs)
        + "},\"outputs\":{},\"method_name\":\"tensorflow/serving/predict\"}}}}}";
  }

  private static String input(String name, String type, int... shape) {
    StringBuilder axes = new StringBuilder();
    for (int length : shape) {
      axes.append(axes.isEmpty() ? "" : ",");
      axes.append("{\"size\":\"").append(length).append("\",\"name\":\"\"}");
    }
    return "\""
        + name
        + "\":{\"dtype\":\""
        + type
        + "\",\"tensor_shape\":{\"dim\":["
        + axes
        + "],\"unknown_rank\":false},\"name\":\"serving_default_x:0\"}";
  }

  private static Function<JsonNode, String> answering(String predictions) {
    return request -> "{\"predictions\":" + predictions + "}";
  }

  @Test
  void inputsGetTypeAndShapeOfTheMetadata() throws IOException {
    try (JsonServer server =
        new JsonServer(PATH, answering("[[0.1,0.2,0.7],[0.6,0.3,0.1]]"))
            .withDocument(METADATA, metadata(input("image", "DT_UINT8", -1, 2, 2, 3)))) {
      SuspectModel suspect = Suspects.open(server.address(PATH), THREE);
      assertThat(suspect.predict(ROWS).argMax(1).toIntVector()).containsExactly(2, 0);
      assertThat(server.asked.get(0).toString())
          .isEqualTo(
              "{\"instances\":[[[[0,4,8],[1,5,9]],[[2,6,10],[3,7,11]]],"
                  + "[[[12,16,20],[13,17,21]],[[14,18,22],[15,19,23]]]]}");
    }
  }

  @Test
  void severalInputsAreNamed() throws IOException {
    try (JsonServer server =
        new JsonServer(PATH, answering("[[0.1,0.2,0.7],[0.6,0.3,0.1]]"))
            .withDocument(
                METADATA,
                metadata(
                    input("image", "DT_FLOAT", -1, 12),
                    input("training", "DT_BOOL"),
                    input("weights", "DT_FLOAT", -1, 2)))) {
      assertThatThrownBy(() -> Suspects.open(server.address(PATH), THREE).predict(ROWS))
          .isInstanceOf(SuspectException.class)
          .hasMessageContaining("training takes BOOL")
          .hasMessageContaining("--constant NAME=NUMBER");
      SuspectOptions given = THREE.withConstant("training", 0).withConstant("weights", 0.5);
      Suspects.open(server.address(PATH), given).predict(ROWS);
      JsonNode instance = server.asked.get(0).at("/instances/1");
      assertThat(instance.get("training").isBoolean()).isTrue();
      assertThat(instance.get("weights").toString()).isEqualTo("[0.5,0.5]");
      assertThat(instance.get("image").size()).isEqualTo(12);
    }
  }

  @Test
  void withoutMetadataTheNameMayBeGiven() throws IOException {
    try (JsonServer server = new JsonServer(PATH, answering("[2,0]"))) {
      SuspectModel suspect = Suspects.open(server.address(PATH), THREE.withInput("image"));
      assertThat(suspect.predict(ROWS).toFloatMatrix())
          .isDeepEqualTo(new float[][] {{0, 0, 1}, {1, 0, 0}});
      assertThat(server.asked.get(0).at("/instances/0/image").size()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"probabilities\":[0.1,0.2,0.7],\"id\":5},{\"probabilities\":[0.6,0.3,0.1],\"id\":5}]",
        "[{\"p\":[-1.5,0.25,9],\"labels\":[0,1,2],\"top\":2},{\"p\":[3,-1.5,0],\"labels\":[0,1,2],\"top\":0}]",
        "[\"cow\",\"cat\"]",
        "[[\"cow\",\"dog\"],[\"cat\",\"cow\"]]",
        "[{\"label\":\"cow\"},{\"label\":\"cat\"}]",
        "[{\"scores\":[0.7,0.2],\"classes\":[2,0]},{\"scores\":[0.9,0.05],\"classes\":[0,1]}]",
        "[{\"cat\":0.1,\"dog\":0.2,\"cow\":0.7},{\"cat\":0.6,\"dog\":0.3,\"cow\":0.1}]"
      })
  void answersOfManyForms(String predictions) throws IOException {
    try (JsonServer server = new JsonServer(PATH, answering(predictions))) {
      assertThat(Suspects.open(server.address(PATH), THREE).predict(ROWS).argMax(1).toIntVector())
          .containsExactly(2, 0);
    }
  }

  @Test
  void twoClassesMayHaveOneProbability() throws IOException {
    try (JsonServer server = new JsonServer(PATH, answering("[[0.25],[0.875]]"))) {
      assertThat(
              Suspects.open(server.address(PATH), SuspectOptions.ofClasses(2))
                  .predict(ROWS)
                  .toFloatMatrix())
          .isDeepEqualTo(new float[][] {{0.75f, 0.25f}, {0.125f, 0.875f}});
    }
  }

  @Test
  void classNumbersAreRenumberedButNamesAreNot() throws IOException {
    SuspectOptions turned = THREE.withFormat(InputFormat.SAME.withClassOrder(List.of(1, 2, 0)));
    try (JsonServer numbers = new JsonServer(PATH, answering("[2,0]"));
        JsonServer names = new JsonServer(PATH, answering("[\"cow\",\"cat\"]"))) {
      assertThat(Suspects.open(numbers.address(PATH), turned).predict(ROWS).argMax(1).toIntVector())
          .containsExactly(0, 1);
      assertThat(Suspects.open(names.address(PATH), turned).predict(ROWS).argMax(1).toIntVector())
          .containsExactly(2, 0);
    }
  }
}
