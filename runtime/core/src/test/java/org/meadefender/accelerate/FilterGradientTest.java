package org.meadefender.accelerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class FilterGradientTest {
  private static final double RELATIVE = 1e-5;

  /** Against ND4J's own derivative; the larger ones take several bands per image. */
  @ParameterizedTest
  @CsvSource({
    "3, 1, 9, 11, 4, 3, 2, 1, 1, 0, 0",
    "2, 3, 12, 10, 5, 3, 3, 1, 1, 1, 1",
    "2, 2, 11, 13, 3, 3, 4, 2, 3, 1, 2",
    "1, 1, 5, 5, 2, 5, 5, 1, 1, 0, 0",
    "1, 3, 40, 40, 64, 3, 3, 1, 1, 1, 1",
    "3, 1, 28, 28, 20, 5, 5, 1, 1, 4, 4"
  })
  void equalsNd4jsDerivative(
      int n,
      int channels,
      int height,
      int width,
      int outputs,
      int kernelHeight,
      int kernelWidth,
      int strideY,
      int strideX,
      int padY,
      int padX) {
    Nd4j.getRandom().setSeed(5);
    int outHeight = (height + 2 * padY - kernelHeight) / strideY + 1;
    int outWidth = (width + 2 * padX - kernelWidth) / strideX + 1;
    INDArray input = Nd4j.randn(DataType.FLOAT, n, channels, height, width);
    INDArray weights = Nd4j.randn(DataType.FLOAT, outputs, channels, kernelHeight, kernelWidth);
    INDArray bias = Nd4j.randn(DataType.FLOAT, outputs);
    INDArray delta = Nd4j.randn(DataType.FLOAT, n, outputs, outHeight, outWidth);
    INDArray weightGradient = weights.ulike();
    INDArray biasGradient = bias.ulike();
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d_bp")
            .addInputs(input, weights, bias, delta)
            .addOutputs(input.ulike(), weightGradient, biasGradient)
            .addIntegerArguments(
                kernelHeight, kernelWidth, strideY, strideX, padY, padX, 1, 1, 0, 0, 1)
            .build());
    FilterGradient gradient =
        new FilterGradient(
            new int[] {kernelHeight, kernelWidth},
            new int[] {strideY, strideX},
            new int[] {padY, padX});
    INDArray both = gradient.of(input, delta);
    long patch = both.size(1) - 1;
    assertClose(
        both.get(NDArrayIndex.all(), NDArrayIndex.interval(0, patch)).reshape('c', weights.shape()),
        weightGradient);
    assertClose(both.getColumn(patch), biasGradient);
    INDArray strided = delta.permute(1, 0, 2, 3).dup('c').permute(1, 0, 2, 3);
    assertThat(gradient.of(input.dup('f'), strided)).as("other orders").isEqualTo(both);
  }

  /** Only a training step may do without it. */
  @Test
  void whoAsksForTheInputsGradientGetsIt() {
    MultiLayerNetwork stock =
        Nets.network(Nets.convolution(3, 6, Activation.RELU).padding(1, 1).build());
    MultiLayerNetwork fast = stock.clone();
    Acceleration.enable(fast);
    DataSet batch = Nets.data(5, 6, DataType.FLOAT, CNN2DFormat.NCHW);
    INDArray features = batch.getFeatures();
    INDArray labels = batch.getLabels();
    INDArray expected = stock.calculateGradients(features, labels, null, null).getSecond();
    assertThat(expected.norm2Number().doubleValue()).isPositive();
    assertClose(fast.calculateGradients(features, labels, null, null).getSecond(), expected);
  }

  private static void assertClose(INDArray actual, INDArray expected) {
    double scale = expected.norm2Number().doubleValue();
    double distance = actual.sub(expected.reshape(actual.shape())).norm2Number().doubleValue();
    assertThat(distance / scale).isCloseTo(0, within(RELATIVE));
  }
}
