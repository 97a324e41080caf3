package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.release.ModelRelease;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;

class NetworkSuspectTest {
  private static MultiLayerNetwork layers(long seed) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .list()
                .layer(new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.feedForward(4))
                .build());
    network.init();
    return network;
  }

  private static ComputationGraph graph() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(4))
                .addLayer(
                    "out",
                    new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build(),
                    "in")
                .setOutputs("out")
                .build());
    network.init();
    return network;
  }

  @Test
  void aNetworkIsNamedByWhatItIs(@TempDir Path directory) {
    MultiLayerNetwork network = layers(1);
    String identity = SuspectModel.of(network).identity();
    assertThat(identity)
        .matches("network in memory, sha256:[0-9a-f]{64}")
        .isNotEqualTo(SuspectModel.of(layers(2)).identity())
        .isNotEqualTo(SuspectModel.of(graph()).identity());
    Path zip = directory.resolve("network.zip");
    ModelRelease.write(network, zip);
    assertThat(SuspectModel.of(SuspectModel.loadNetwork(zip)).identity()).isEqualTo(identity);
    SuspectModel suspect = SuspectModel.of(network);
    network.getParam("0_b").addi(1e-3);
    assertThat(suspect.identity()).as("after training").isNotEqualTo(identity);
  }

  @Test
  void aGivenNameIsOnesOwn() {
    SuspectModel suspect = features -> Nd4j.ones(features.size(0), 3);
    assertThat(suspect.identity()).isEqualTo(SuspectModel.UNNAMED);
    assertThat(SuspectModel.named(suspect, "api").identity()).isEqualTo("api");
    assertThatThrownBy(() -> SuspectModel.named(suspect, SuspectModel.UNNAMED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give an address or a digest");
    assertThatThrownBy(() -> SuspectModel.named(suspect, " "))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
