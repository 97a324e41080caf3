package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkZipTest {
  private static final AtomicBoolean deserialised = new AtomicBoolean();

  @TempDir Path directory;

  private static MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .list()
        .layer(new DenseLayer.Builder().nIn(4).nOut(5).activation(Activation.RELU).build())
        .layer(new OutputLayer.Builder().nIn(5).nOut(3).activation(Activation.SOFTMAX).build())
        .build();
  }

  private Map<String, byte[]> saved() throws IOException {
    MultiLayerNetwork network = new MultiLayerNetwork(layers());
    network.init();
    Path file = directory.resolve("saved.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] entry(Map<String, byte[]> entries, String name) {
    return java.util.Objects.requireNonNull(entries.get(name));
  }

  private static void load(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    NetworkZip.load(new ByteArrayInputStream(bytes.toByteArray()), "model.zip");
  }

  @Test
  void loadsWhatDeeplearning4jSaves() throws IOException {
    INDArray input = Nd4j.linspace(0, 1, 8).reshape(2, 4);
    MultiLayerNetwork network = new MultiLayerNetwork(layers());
    network.init();
    Path file = directory.resolve("layers.zip");
    ModelSerializer.writeModel(network, file.toFile(), false);
    assertThat(SuspectModel.load(file).predict(input)).isEqualTo(network.output(input, false));

    ComputationGraph graph = network.toComputationGraph();
    Path graphFile = directory.resolve("graph.zip");
    ModelSerializer.writeModel(graph, graphFile.toFile(), true);
    assertThat(SuspectModel.load(graphFile).predict(input))
        .isEqualTo(graph.outputSingle(false, input));
  }

  @Test
  void deserialisesNothing() throws IOException {
    Map<String, byte[]> entries = saved();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Trap());
    }
    entries.put(ModelSerializer.PREPROCESSOR_BIN, bytes.toByteArray());
    load(entries);
    assertThat(deserialised).isFalse();
  }

  private static final class Trap implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(java.io.ObjectInputStream in) {
      deserialised.set(true);
    }
  }

  @Test
  void headersAreNotBelieved() throws IOException {
    Map<String, byte[]> entries = saved();
    byte[] coefficients = entry(entries, ModelSerializer.COEFFICIENTS_BIN);
    for (int cut : new int[] {0, 3, 40, coefficients.length - 1}) {
      entries.put(ModelSerializer.COEFFICIENTS_BIN, java.util.Arrays.copyOf(coefficients, cut));
      assertThatThrownBy(() -> load(entries))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("model.zip");
    }
    String huge =
        new String(
                entry(entries, ModelSerializer.CONFIGURATION_JSON),
                java.nio.charset.StandardCharsets.UTF_8)
            .replaceFirst("\"nin\" : 4", "\"nin\" : 2000000000");
    entries.put(ModelSerializer.COEFFICIENTS_BIN, coefficients);
    entries.put(
        ModelSerializer.CONFIGURATION_JSON, huge.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThatThrownBy(() -> load(entries)).hasMessageContaining("cannot be built");
  }

  @Test
  void bombsAndStrangeZipsAreRefused() throws IOException {
    Map<String, byte[]> bomb = saved();
    bomb.put(ModelSerializer.CONFIGURATION_JSON, new byte[20 << 20]);
    assertThatThrownBy(() -> load(bomb))
        .hasMessageContaining("configuration.json unpacks to more than 16777216 bytes");

    Map<String, byte[]> many = saved();
    for (int i = 0; i < 100; i++) {
      many.put("entry" + i, new byte[0]);
    }
    assertThatThrownBy(() -> load(many)).hasMessageContaining("more than 64 entries");

    // Nothing is ever written to disk, so that a path that climbs out leads nowhere.
    Map<String, byte[]> climbing = saved();
    climbing.put("../../outside.txt", new byte[] {1});
    load(climbing);
    assertThat(directory.resolve("../../outside.txt")).doesNotExist();

    assertThatThrownBy(() -> load(Map.of("a.txt", new byte[1])))
        .hasMessageContaining("holds no Deeplearning4j network");
  }
}
