package org.meadefender.accelerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meadefender.accelerate.AccelerationTest.assertGradientsEqual;
import static org.meadefender.accelerate.AccelerationTest.conv;
import static org.meadefender.accelerate.AccelerationTest.gradients;
import static org.meadefender.accelerate.Nets.convolution;
import static org.meadefender.accelerate.Nets.data;
import static org.meadefender.accelerate.Nets.network;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meadefender.internal.HostMemory;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What is not accelerated, what falls back, and the way back. */
class StockPathTest {
  static Stream<Arguments> otherFormats() {
    return Stream.of(
        Arguments.of(DataType.DOUBLE, CNN2DFormat.NCHW),
        Arguments.of(DataType.FLOAT, CNN2DFormat.NHWC));
  }

  @ParameterizedTest
  @MethodSource("otherFormats")
  void otherFormatsStayOnTheStockPathAndSayIt(DataType type, CNN2DFormat format) {
    MultiLayerNetwork stock = network(type, format, List.of(conv(Activation.RELU)));
    MultiLayerNetwork same = network(type, format, List.of(conv(Activation.RELU)));
    String log = logOf(() -> assertThat(Acceleration.enable(same)).isZero());
    assertThat(log).contains("on the stock path stay: [ConvolutionLayer " + format + " " + type);
    DataSet batch = data(9, 1, type, format);
    assertThat(same.output(batch.getFeatures())).isEqualTo(stock.output(batch.getFeatures()));
    assertThat(gradients(same, batch)).isEqualTo(gradients(stock, batch));
  }

  @Test
  void otherConvolutionsStayOnTheStockPathAndSayIt() {
    Layer deconvolution =
        new Deconvolution2D.Builder(3, 3).nOut(4).activation(Activation.RELU).build();
    MultiLayerNetwork stock = network(conv(Activation.RELU), deconvolution);
    MultiLayerNetwork fast = network(conv(Activation.RELU), deconvolution);
    String log = logOf(() -> assertThat(Acceleration.enable(fast)).isEqualTo(1));
    assertThat(log).contains("on the stock path stay: [Deconvolution2DLayer NCHW FLOAT]");
    assertGradientsEqual(fast, stock, data(9, 1));
  }

  static Stream<Arguments> unfit() {
    return Stream.of(
        Arguments.of(
            "DropConnect",
            convolution(3, 4, Activation.RELU).weightNoise(new DropConnect(0.9)).build()),
        Arguments.of(
            "WeightNoise",
            convolution(3, 4, Activation.RELU)
                .weightNoise(new WeightNoise(new NormalDistribution(0, 0.01)))
                .build()),
        Arguments.of("dilation", convolution(3, 4, Activation.RELU).dilation(2, 2).build()));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void layersThatOneDnnCannotComputeTrainOnTheStockPathAndAreNamedOnce(String what, Layer layer) {
    MultiLayerNetwork stock = network(layer, conv(Activation.RELU));
    MultiLayerNetwork fast = network(layer, conv(Activation.RELU));
    String log =
        logOf(
            () -> {
              assertThat(Acceleration.enable(fast)).isEqualTo(1);
              assertThat(Acceleration.enable(fast)).isEqualTo(1);
              assertTrainAlike(fast, stock);
            });
    assertThat(log).containsOnlyOnce("[ConvolutionLayer NCHW FLOAT with " + what + "]");
    assertThat(log).doesNotContain("Exception", "falling back");
  }

  /** Several steps, for what a step leaves behind shows in the next one. */
  private static void assertTrainAlike(MultiLayerNetwork fast, MultiLayerNetwork stock) {
    for (MultiLayerNetwork each : List.of(stock, fast)) {
      Nd4j.getRandom().setSeed(5);
      for (int step = 0; step < 4; step++) {
        each.fit(data(8, step));
      }
    }
    assertThat(Nets.distance(fast.params(), stock.params())).isLessThan(1e-4);
  }

  @Test
  void anOperationThatFailsGivesWayToTheStockPathAndSaysItOnce() {
    MultiLayerNetwork stock = network(convolution(3, 4, Activation.RELU).dilation(2, 2).build());
    MultiLayerNetwork failing = network(convolution(3, 4, Activation.RELU).dilation(2, 2).build());
    var layer = (org.deeplearning4j.nn.layers.convolution.ConvolutionLayer) failing.getLayer(0);
    CachedConvolution helper = new CachedConvolution(layer, true);
    LayerFields.setHelper(layer, helper);
    assertThat(Acceleration.accelerated(failing)).isEqualTo(1);
    String log = logOf(() -> assertTrainAlike(failing, stock));
    assertThat(helper.hasFailed()).isTrue();
    assertThat(Acceleration.accelerated(failing)).isZero();
    assertThat(log).containsOnlyOnce("goes back to the stock path, oneDNN fails in it");
    assertThat(log).doesNotContain("\tat ");
  }

  @Test
  void trainingsFollowTheLastWishForANetwork() {
    MultiLayerNetwork network = network(conv(Activation.RELU));
    Acceleration.choose(network, true);
    assertThat(Acceleration.accelerated(network)).isEqualTo(1);
    Acceleration.choose(network, false);
    assertThat(Acceleration.accelerated(network)).isZero();
    Acceleration.choose(network, true);
    assertThat(Acceleration.accelerated(network)).isEqualTo(1);
    Acceleration.disable(network);
    Acceleration.choose(network, true);
    assertThat(Acceleration.accelerated(network)).isZero();
    Acceleration.choose(network.clone(), true);
    assertThat(Acceleration.accelerated(network)).isZero();
    Acceleration.enable(network);
    Acceleration.choose(network, true);
    assertThat(Acceleration.accelerated(network)).isEqualTo(1);
  }

  /** As on a backend whose arrays lie elsewhere. */
  @Test
  void withoutHostMemoryNothingIsAcceleratedAndHelpersThatAreThereReadNoAddresses() {
    MultiLayerNetwork stock = network(conv(Activation.RELU));
    MultiLayerNetwork fast = network(conv(Activation.RELU));
    Acceleration.enable(fast);
    DataSet batch = data(9, 1);
    assertThat(FilterGradient.pays(Nets.CHANNELS, new int[] {3, 3})).isTrue();
    System.setProperty(HostMemory.PROPERTY, "true");
    try {
      assertThat(FilterGradient.pays(Nets.CHANNELS, new int[] {3, 3})).isFalse();
      assertGradientsEqual(fast, stock, batch);
      assertThat(Acceleration.available()).isFalse();
      assertThat(Acceleration.enable(fast)).isZero();
      assertThat(gradients(fast, batch)).isEqualTo(gradients(stock, batch));
    } finally {
      System.clearProperty(HostMemory.PROPERTY);
    }
    assertThat(Acceleration.enable(fast)).isEqualTo(1);
    assertGradientsEqual(fast, stock, batch);
  }

  @Test
  void disablingGoesBackToTheStockPathsBits() {
    MultiLayerNetwork stock = network(conv(Activation.RELU), conv(Activation.TANH));
    MultiLayerNetwork network = network(conv(Activation.RELU), conv(Activation.TANH));
    Acceleration.enable(network);
    DataSet batch = data(9, 1);
    gradients(network, batch);
    assertThat(network.getLayer(0).getHelper()).isInstanceOf(CachedConvolution.class);

    Acceleration.disable(network);
    assertThat(network.getLayer(0).getHelper()).isNull();
    assertThat(gradients(network, batch)).isEqualTo(gradients(stock, batch));

    Acceleration.enable(network);
    Acceleration.enable(network);
    assertGradientsEqual(network, stock, batch);
  }

  @Test
  void otherModelsAndThreadCountsAreRefused() {
    Model other =
        new org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer(null, DataType.FLOAT);
    assertThatThrownBy(() -> Acceleration.enable(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pass a MultiLayerNetwork or a ComputationGraph");
    assertThatThrownBy(() -> Acceleration.threads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads is 0; it must be at least 1");
  }

  private static String logOf(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
