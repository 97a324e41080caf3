package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bytedeco.javacpp.indexer.Bfloat16Indexer;
import org.bytedeco.javacpp.indexer.HalfIndexer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Zips as Deeplearning4j wrote them from 0.5 on; Deeplearning4j's own reader is what decides. */
class OldNetworkZipTest {
  private static final int PARAMETERS = 4 * 5 + 5 + 5 * 3 + 3;
  private static final INDArray INPUT = Nd4j.linspace(0, 1, 8).reshape(2, 4);

  @TempDir Path directory;

  /** As 0.5 to 0.7.1 wrote it: names in objects around layers, functions by their names. */
  private static String layer05(String kind, String name, int in, int out, String activation) {
    return "{\"layer\":{\""
        + kind
        + "\":{\"activationFunction\":\""
        + activation
        + "\",\"adamMeanDecay\":0.9,\"biasInit\":0.0,\"dropOut\":0.0,\"l1\":0.0,\"l2\":0.0,"
        + "\"layerName\":\""
        + name
        + "\",\"learningRate\":0.1,\"nin\":"
        + in
        + ",\"nout\":"
        + out
        + ",\"rho\":0.0,\"updater\":\"SGD\",\"weightInit\":\"XAVIER\""
        + (kind.equals("output") ? ",\"lossFunction\":\"MCXENT\"" : "")
        + "}},\"miniBatch\":true,\"numIterations\":1,\"optimizationAlgo\":"
        + "\"STOCHASTIC_GRADIENT_DESCENT\",\"seed\":12345}";
  }

  /** As 0.7.2 to 0.9.1 wrote it: functions as objects around nothing. */
  private static String layer08(String kind, String name, int in, int out, String activation) {
    return "{\"layer\":{\""
        + kind
        + "\":{\"activationFn\":{\""
        + activation
        + "\":{}},\"biasInit\":0.0,\"dropOut\":1.0,\"l1\":0.0,\"l2\":0.0,\"layerName\":\""
        + name
        + "\",\"learningRate\":0.1,\"nin\":"
        + in
        + ",\"nout\":"
        + out
        + ",\"rho\":0.0,\"updater\":\"SGD\",\"weightInit\":\"XAVIER\""
        + (kind.equals("output") ? ",\"lossFn\":{\"MCXENT\":{}}" : "")
        + "}},\"miniBatch\":true,\"numIterations\":1,\"optimizationAlgo\":"
        + "\"STOCHASTIC_GRADIENT_DESCENT\",\"seed\":12345}";
  }

  private static String layers(boolean newer) {
    return "{\"backprop\":true,\"backpropType\":\"Standard\",\"confs\":["
        + (newer
            ? layer08("dense", "a", 4, 5, "ReLU") + "," + layer08("output", "b", 5, 3, "Softmax")
            : layer05("dense", "a", 4, 5, "relu") + "," + layer05("output", "b", 5, 3, "softmax"))
        + "],\"inputPreProcessors\":{},\"pretrain\":false,\"tbpttBackLength\":20,"
        + "\"tbpttFwdLength\":20}";
  }

  private static String graph() {
    return "{\"backprop\":true,\"backpropType\":\"Standard\",\"defaultConfiguration\":{"
        + "\"optimizationAlgo\":\"STOCHASTIC_GRADIENT_DESCENT\",\"seed\":1},"
        + "\"networkInputs\":[\"in\"],\"networkOutputs\":[\"b\"],\"vertexInputs\":{\"a\":[\"in\"],"
        + "\"b\":[\"a\"]},\"vertices\":{\"a\":{\"LayerVertex\":{\"layerConf\":"
        + layer08("dense", "a", 4, 5, "ReLU")
        + "}},\"b\":{\"LayerVertex\":{\"layerConf\":"
        + layer08("output", "b", 5, 3, "Softmax")
        + "}}}}";
  }

  private interface Values {
    void write(DataOutputStream out, float value) throws IOException;
  }

  /** As ND4J writes a row: shape information, then values. */
  private static byte[] parameters(boolean old, String shapeType, String type, Values values)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    int[] shape = {2, 1, PARAMETERS, PARAMETERS, 1, 0, 1, 'c'};
    header(out, old, shape.length, shapeType);
    for (int each : shape) {
      if (shapeType.equals("INT")) {
        out.writeInt(each);
      } else {
        out.writeLong(each);
      }
    }
    header(out, old, PARAMETERS, type);
    for (int i = 0; i < PARAMETERS; i++) {
      values.write(out, (float) Math.sin(i + 1));
    }
    return bytes.toByteArray();
  }

  private static void header(DataOutputStream out, boolean old, int length, String type)
      throws IOException {
    out.writeUTF(old ? "HEAP" : "MIXED_DATA_TYPES");
    if (old) {
      out.writeInt(length);
    } else {
      out.writeLong(length);
    }
    out.writeUTF(type);
  }

  private Path zip(String configuration, byte[] parameters) throws IOException {
    Path file = directory.resolve("model.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(ModelSerializer.CONFIGURATION_JSON));
      zip.write(configuration.getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry(ModelSerializer.COEFFICIENTS_BIN));
      zip.write(parameters);
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, INT, FLOAT",
    "0.5, INT, DOUBLE",
    "0.8, INT, FLOAT",
    "0.8, LONG, DOUBLE",
    "graph, INT, FLOAT",
    "graph, LONG, DOUBLE"
  })
  void oldFormatsAnswerAsInDeeplearning4j(String version, String shapeType, String type)
      throws IOException {
    String configuration = version.equals("graph") ? graph() : layers(version.equals("0.8"));
    Path file =
        zip(
            configuration,
            parameters(
                true,
                shapeType,
                type,
                type.equals("DOUBLE")
                    ? DataOutputStream::writeDouble
                    : DataOutputStream::writeFloat));
    INDArray expected =
        version.equals("graph")
            ? ModelSerializer.restoreComputationGraph(file.toFile()).outputSingle(INPUT)
            : ModelSerializer.restoreMultiLayerNetwork(file.toFile()).output(INPUT);
    INDArray answers = SuspectModel.load(file).predict(INPUT);
    assertThat(answers).isEqualTo(expected);
    assertThat(answers.getDouble(0, 0)).isNotEqualTo(answers.getDouble(1, 0));
  }

  private static NeuralNetConfiguration.ListBuilder today() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new DenseLayer.Builder().nIn(4).nOut(5).activation(Activation.RELU).build())
        .layer(new OutputLayer.Builder().nIn(5).nOut(3).activation(Activation.SOFTMAX).build());
  }

  private static void assertAnswersAsFloats(Model network, double tolerance) {
    MultiLayerNetwork exact = new MultiLayerNetwork(today().build());
    float[] values = new float[PARAMETERS];
    for (int i = 0; i < PARAMETERS; i++) {
      values[i] = (float) Math.sin(i + 1);
    }
    exact.init(Nd4j.createFromArray(values).reshape(1, PARAMETERS), false);
    INDArray answers = SuspectModel.of(network).predict(INPUT);
    assertThat(answers.equalsWithEps(exact.output(INPUT), tolerance)).isTrue();
  }

  @Test
  void halfPrecisionIsReadAsFloats() throws IOException {
    String configuration = today().build().toJson();
    byte[] half =
        parameters(
            false,
            "LONG",
            "HALF",
            (out, value) -> out.writeShort((short) HalfIndexer.fromFloat(value)));
    assertAnswersAsFloats(SuspectModel.loadNetwork(zip(configuration, half)), 1e-3);
    byte[] brain =
        parameters(
            false,
            "LONG",
            "BFLOAT16",
            (out, value) -> out.writeShort((short) Bfloat16Indexer.fromFloat(value)));
    assertAnswersAsFloats(SuspectModel.loadNetwork(zip(configuration, brain)), 1e-2);
  }

  @Test
  void otherTypesAreNamed() throws IOException {
    byte[] bytes = parameters(false, "LONG", "UTF8", (out, value) -> out.writeByte((int) value));
    assertThatThrownBy(() -> SuspectModel.load(zip(today().build().toJson(), bytes)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameters of type UTF8 are not supported; FLOAT, DOUBLE");
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 300, 900})
  void cutZipsAreNamed(int bytes) throws IOException {
    MultiLayerNetwork network = new MultiLayerNetwork(today().build());
    network.init();
    Path whole = directory.resolve("whole.zip");
    ModelSerializer.writeModel(network, whole.toFile(), false);
    byte[] content = Files.readAllBytes(whole);
    Path cut = Files.write(directory.resolve("cut.zip"), Arrays.copyOf(content, bytes));
    assertThatThrownBy(() -> SuspectModel.load(cut))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cut.zip is cut off")
        .hasMessageContaining("fetch it again");
  }
}
