package org.meadefender.attack.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.ops.transforms.Transforms;

/** In double, so that finite differences are sharp. */
class InputGradientTest {
  private static final double STEP = 1e-6;

  static Stream<Arguments> networks() {
    return Stream.of(Arguments.of("layers", layers()), Arguments.of("graph", graph()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void equalsFiniteDifferencesOfTheAnswers(String name, Model network) {
    INDArray samples = Nd4j.rand(DataType.DOUBLE, 3, 1, 6, 6);
    INDArray weights = Nd4j.createFromArray(new double[][] {{1, -1, 0}, {0, 1, -1}, {-1, 0, 1}});
    INDArray gradient = InputGradient.of(network).ofLogit(samples, weights);
    assertThat(gradient.shape()).isEqualTo(samples.shape());
    assertThat(gradient.amaxNumber().doubleValue()).isGreaterThan(1e-2);
    for (int i = 0; i < samples.length(); i += 5) {
      double value = samples.getDouble(i);
      double up = margin(network, samples, weights, i, value + STEP);
      double down = margin(network, samples, weights, i, value - STEP);
      assertThat(gradient.getDouble(i)).isCloseTo((up - down) / (2 * STEP), within(1e-6));
    }
  }

  /** A search for a trigger asks for thousands, and nothing collects garbage meanwhile. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void keepsNoNativeMemory(String name, Model network) {
    InputGradient gradient = InputGradient.of(network);
    INDArray samples = Nd4j.rand(DataType.DOUBLE, 128, 1, 6, 6);
    INDArray labels = Nd4j.ones(DataType.DOUBLE, 128, 3);
    for (int i = 0; i < 100; i++) {
      gradient.ofLogit(samples, labels).close();
    }
    long before = Pointer.physicalBytes();
    for (int i = 0; i < 1_000; i++) {
      gradient.ofLogit(samples, labels).close();
    }
    long megabytes = (Pointer.physicalBytes() - before) >> 20;
    assertThat(megabytes).as("resident megabytes more than before").isLessThan(100);
  }

  /** A difference of logits is a difference of log-probabilities, which is what users see. */
  private static double margin(
      Model network, INDArray samples, INDArray weights, int index, double value) {
    INDArray moved = samples.dup();
    moved.putScalar(index, value);
    return Transforms.log(Classifiers.output(network, moved))
        .mul(weights)
        .sumNumber()
        .doubleValue();
  }

  private static Model layers() {
    MultiLayerConfiguration configuration =
        base()
            .list()
            .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build())
            .layer(new BatchNormalization())
            .layer(new DenseLayer.Builder().nOut(6).dropOut(0.5).build())
            .layer(new BatchNormalization())
            .layer(output())
            .setInputType(InputType.convolutional(6, 6, 1))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return experienced(network);
  }

  private static Model graph() {
    ComputationGraphConfiguration configuration =
        base()
            .graphBuilder()
            .addInputs("in")
            .addLayer("a", new ConvolutionLayer.Builder(3, 3).nOut(4).build(), "in")
            .addLayer("norm", new BatchNormalization(), "a")
            .addLayer("b", new ConvolutionLayer.Builder(3, 3).nOut(4).build(), "in")
            .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "norm", "b")
            .addLayer("hidden", new DenseLayer.Builder().nOut(6).dropOut(0.5).build(), "sum")
            .addLayer("out", output(), "hidden")
            .setOutputs("out")
            .setInputTypes(InputType.convolutional(6, 6, 1))
            .build();
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    return experienced(network);
  }

  private static NeuralNetConfiguration.Builder base() {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .dataType(DataType.DOUBLE)
        .activation(Activation.TANH);
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(3)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** Some training moves the running statistics away from those of the test's batch. */
  private static Model experienced(Model network) {
    LabelledSamples data =
        LabelledSamples.of(Nd4j.rand(64, 1, 6, 6).muli(3), Nd4j.zeros(64, 3))
            .withClasses(new Random(1).ints(64, 0, 3).toArray(), 3);
    Classifiers.fit(
        network, data, new LossMCXENT(), FitSettings.adam(5).withBatch(16), 1, AttackListener.NONE);
    return network;
  }
}
