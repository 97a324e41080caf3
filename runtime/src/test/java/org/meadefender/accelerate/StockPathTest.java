package org.meadefender.accelerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meadefender.accelerate.AccelerationTest.assertGradientsEqual;
import static org.meadefender.accelerate.AccelerationTest.conv;
import static org.meadefender.accelerate.AccelerationTest.gradients;
import static org.meadefender.accelerate.Nets.data;
import static org.meadefender.accelerate.Nets.network;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

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

  @Test
  void aHelperThatFailsGivesWayToTheStockPathAndSaysIt() {
    MultiLayerNetwork stock = network(conv(Activation.RELU));
    MultiLayerNetwork failing = network(conv(Activation.RELU));
    LayerFields.setHelper(
        (org.deeplearning4j.nn.layers.convolution.ConvolutionLayer) failing.getLayer(0),
        new FailingHelper());
    String log = logOf(() -> assertGradientsEqual(failing, stock, data(9, 1)));
    assertThat(log).contains("falling back on built-in implementation");
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

  /** Fails as a oneDNN operation would. */
  private static final class FailingHelper extends MKLDNNConvHelper {
    FailingHelper() {
      super(DataType.FLOAT);
    }

    @Override
    public INDArray preOutput(
        INDArray input,
        INDArray weights,
        INDArray bias,
        int[] kernel,
        int[] strides,
        int[] pad,
        ConvolutionLayer.AlgoMode mode,
        ConvolutionLayer.FwdAlgo algo,
        ConvolutionMode convolutionMode,
        int[] dilation,
        CNN2DFormat format,
        org.deeplearning4j.nn.workspace.LayerWorkspaceMgr workspaceMgr) {
      throw new IllegalStateException("could not create a primitive");
    }
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
