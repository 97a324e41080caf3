package org.meadefender.accelerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meadefender.accelerate.Nets.convolution;
import static org.meadefender.accelerate.Nets.data;
import static org.meadefender.accelerate.Nets.distance;
import static org.meadefender.accelerate.Nets.network;
import static org.meadefender.accelerate.Nets.pooling;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class AccelerationTest {
  private static final double TOLERANCE = 1e-5;

  static Stream<Arguments> layers() {
    return Stream.of(
        of("relu, identity", 2, conv(Activation.RELU), conv(Activation.IDENTITY)),
        of("tanh, sigmoid", 2, conv(Activation.TANH), conv(Activation.SIGMOID)),
        of("leaky, elu", 2, conv(Activation.LEAKYRELU), conv(Activation.ELU)),
        of("relu6, threshold", 2, conv(Activation.RELU6), conv(Activation.THRESHOLDEDRELU)),
        of(
            "same",
            1,
            convolution(5, 6, Activation.RELU).convolutionMode(ConvolutionMode.Same).build()),
        of(
            "same, strides",
            1,
            convolution(3, 6, Activation.RELU)
                .convolutionMode(ConvolutionMode.Same)
                .stride(2, 2)
                .build()),
        of(
            "strides, padding",
            1,
            convolution(4, 6, Activation.RELU).stride(2, 1).padding(2, 1).build()),
        of("no bias", 1, convolution(3, 6, Activation.RELU).hasBias(false).build()),
        of("one pixel is left", 1, convolution(12, 6, Activation.RELU).build()),
        of(
            "max pooling",
            2,
            conv(Activation.RELU),
            pooling(PoolingType.MAX),
            conv(Activation.RELU)),
        of(
            "average pooling",
            2,
            conv(Activation.IDENTITY),
            pooling(PoolingType.AVG),
            conv(Activation.RELU)),
        of("p-norm pooling", 2, conv(Activation.RELU), pnorm(), conv(Activation.RELU)),
        of(
            "batch norm",
            3,
            // A bias before it has no effect: its gradient is rounding errors only.
            convolution(3, 6, Activation.IDENTITY).hasBias(false).build(),
            new BatchNormalization.Builder().build(),
            conv(Activation.RELU)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void outputsAndGradientsEqualTheStockPath(String name, int expected, List<Layer> layers) {
    MultiLayerNetwork stock = network(DataType.FLOAT, CNN2DFormat.NCHW, layers);
    MultiLayerNetwork fast = network(DataType.FLOAT, CNN2DFormat.NCHW, layers);
    assertThat(Acceleration.enable(fast)).isEqualTo(expected);
    DataSet batch = data(9, 1);
    assertThat(distance(fast.output(batch.getFeatures()), stock.output(batch.getFeatures())))
        .isLessThan(TOLERANCE);
    assertGradientsEqual(fast, stock, batch);
  }

  @Test
  void graphsAreAcceleratedToo() {
    ComputationGraph stock = Nets.graph();
    ComputationGraph fast = Nets.graph();
    assertThat(Acceleration.enable(fast)).isEqualTo(3);
    DataSet batch = data(9, 1);
    assertThat(distance(fast.output(batch.getFeatures())[0], stock.output(batch.getFeatures())[0]))
        .isLessThan(TOLERANCE);
    assertGradientsEqual(fast, stock, batch);
  }

  @Test
  void batchNormKeepsTheStockPathsRunningStatistics() {
    MultiLayerNetwork stock = withBatchNorm();
    MultiLayerNetwork fast = withBatchNorm();
    assertThat(Acceleration.enable(fast)).isEqualTo(3);
    for (int step = 0; step < 5; step++) {
      stock.fit(data(16, step));
      fast.fit(data(16, step));
    }
    stock
        .paramTable()
        .forEach(
            (name, expected) ->
                assertThat(distance(Objects.requireNonNull(fast.getParam(name)), expected))
                    .as(name)
                    .isLessThan(0.01));
    INDArray input = data(9, 9).getFeatures();
    fast.setParams(stock.params());
    assertThat(distance(fast.output(input), stock.output(input))).isLessThan(TOLERANCE);
  }

  /** Of feature maps, and of a dense layer's rows. */
  private static MultiLayerNetwork withBatchNorm() {
    return network(
        convolution(3, 6, Activation.RELU).build(),
        new BatchNormalization.Builder().build(),
        new DenseLayer.Builder().nOut(8).activation(Activation.TANH).build(),
        new BatchNormalization.Builder().build());
  }

  @Test
  void dropoutDrawsTheSameUnits() {
    Layer[] layers = {
      conv(Activation.RELU), convolution(3, 6, Activation.RELU).dropOut(0.5).build()
    };
    MultiLayerNetwork stock = network(layers);
    MultiLayerNetwork fast = network(layers);
    Acceleration.enable(fast);
    DataSet batch = data(9, 1);
    Nd4j.getRandom().setSeed(5);
    Map<String, INDArray> expected = gradients(stock, batch);
    Nd4j.getRandom().setSeed(5);
    assertEqual(gradients(fast, batch), expected);
  }

  @Test
  void batchesOfOtherSizesAndInputsTakeTurns() {
    MultiLayerNetwork stock = network(conv(Activation.RELU), conv(Activation.RELU));
    MultiLayerNetwork fast = network(conv(Activation.RELU), conv(Activation.RELU));
    Acceleration.enable(fast);
    for (int rows : new int[] {9, 2, 1, 17, 9}) {
      assertGradientsEqual(fast, stock, data(rows, rows));
      INDArray other = data(5, 50 + rows).getFeatures();
      assertThat(distance(fast.output(other), stock.output(other))).isLessThan(TOLERANCE);
    }
  }

  @Test
  void trainingStaysOnTheStockPathsTrack() {
    MultiLayerNetwork stock = network(conv(Activation.RELU), pooling(PoolingType.MAX));
    MultiLayerNetwork fast = network(conv(Activation.RELU), pooling(PoolingType.MAX));
    Acceleration.enable(fast);
    for (int step = 0; step < 10; step++) {
      stock.fit(data(16, step));
      fast.fit(data(16, step));
    }
    assertThat(distance(fast.params(), stock.params())).isLessThan(1e-3);
  }

  @Test
  void frozenLayersAreAccelerated() {
    MultiLayerNetwork frozen =
        new TransferLearning.Builder(network(conv(Activation.RELU), conv(Activation.RELU)))
            .setFeatureExtractor(0)
            .build();
    MultiLayerNetwork stock = frozen.clone();
    assertThat(Acceleration.enable(frozen)).isEqualTo(2);
    assertGradientsEqual(frozen, stock, data(9, 1));
  }

  @Test
  void copiesAndFilesAreWhatTheyWouldBeWithoutIt(@TempDir Path dir) throws Exception {
    MultiLayerNetwork stock = network(conv(Activation.RELU));
    MultiLayerNetwork fast = network(conv(Activation.RELU));
    Acceleration.enable(fast);
    assertThat(fast.getLayerWiseConfigurations().toJson())
        .isEqualTo(stock.getLayerWiseConfigurations().toJson());

    fast.fit(data(9, 1));
    MultiLayerNetwork clone = fast.clone();
    assertThat(clone.params()).isEqualTo(fast.params());
    assertThat(clone.getLayer(0).getHelper()).isNull();

    Path file = dir.resolve("model.zip");
    ModelSerializer.writeModel(fast, file.toFile(), true);
    MultiLayerNetwork loaded = ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true);
    assertThat(loaded.getLayerWiseConfigurations()).isEqualTo(fast.getLayerWiseConfigurations());
    Acceleration.enable(loaded);
    fast.fit(data(9, 2));
    loaded.fit(data(9, 2));
    assertThat(loaded.params()).isEqualTo(fast.params());
  }

  private static Arguments of(String name, int accelerated, Layer... layers) {
    return Arguments.of(name, accelerated, List.of(layers));
  }

  static Layer conv(Activation activation) {
    return convolution(3, 6, activation).build();
  }

  private static Layer pnorm() {
    return new org.deeplearning4j.nn.conf.layers.SubsamplingLayer.Builder(PoolingType.PNORM)
        .kernelSize(2, 2)
        .stride(2, 2)
        .pnorm(2)
        .build();
  }

  static void assertGradientsEqual(Model fast, Model stock, DataSet batch) {
    assertEqual(gradients(fast, batch), gradients(stock, batch));
  }

  private static void assertEqual(Map<String, INDArray> fast, Map<String, INDArray> stock) {
    assertThat(fast.keySet()).isEqualTo(stock.keySet());
    stock.forEach(
        (name, expected) -> {
          if (expected.norm2Number().doubleValue() > 0) {
            assertThat(distance(Objects.requireNonNull(fast.get(name)), expected))
                .as(name)
                .isLessThan(TOLERANCE);
          } else {
            assertThat(fast.get(name)).as(name).isEqualTo(expected);
          }
        });
  }

  static Map<String, INDArray> gradients(Model network, DataSet batch) {
    if (network instanceof MultiLayerNetwork layers) {
      layers.setInput(batch.getFeatures());
      layers.setLabels(batch.getLabels());
      layers.computeGradientAndScore();
    } else if (network instanceof ComputationGraph graph) {
      graph.setInputs(batch.getFeatures());
      graph.setLabels(batch.getLabels());
      graph.computeGradientAndScore();
    }
    Map<String, INDArray> copies = new TreeMap<>();
    Gradient gradient = network.gradient();
    gradient.gradientForVariable().forEach((name, each) -> copies.put(name, each.dup()));
    return copies;
  }
}
