package org.meadefender.internal.reference;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The kinds of reference networks: small, quick to train, and unlike each other.
 *
 * <p>Samples without a neighbourhood to convolve over are learnt by dense networks only.
 */
@SuppressWarnings("ImmutableEnumChecker") // its arrays are never changed
enum ReferenceArchitecture {
  /** One dense layer of 128. */
  DENSE(new int[] {}, new int[] {128}, Activation.RELU, false, false),
  /** One convolution of 16 channels, one dense layer of 96. */
  CONVOLUTION(new int[] {16}, new int[] {96}, Activation.RELU, false, false),
  /** Two convolutions, 16 and 32 channels, in the manner of LeNet. */
  LENET(new int[] {16, 32}, new int[] {64}, Activation.RELU, false, false),
  /** Two dense layers, 256 and 96, with tanh. */
  DEEP_DENSE(new int[] {}, new int[] {256, 96}, Activation.TANH, false, false),
  /** Two convolutions, 20 and 40 channels, the first with stride 2, and batch normalisation. */
  NORMALISED(new int[] {20, 40}, new int[] {96}, Activation.RELU, true, true),
  /** Two convolutions, 24 and 48 channels, the first with stride 2, and ELU. */
  WIDE_LENET(new int[] {24, 48}, new int[] {128}, Activation.ELU, false, true);

  private static final double LEARNING_RATE = 1.5e-3;

  /** From this width on, kernels of the first convolution have 5 cells; all others 3. */
  private static final int WIDE = 12;

  /** Images of more cells are halved by the first convolution of every kind. */
  private static final int MANY_CELLS = 1600;

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final int[] channels;

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final int[] widths;

  private final Activation activation;
  private final boolean normalised;
  private final boolean strided;

  ReferenceArchitecture(
      int[] channels, int[] widths, Activation activation, boolean normalised, boolean strided) {
    this.channels = channels;
    this.widths = widths;
    this.activation = activation;
    this.normalised = normalised;
    this.strided = strided;
  }

  /**
   * The configuration for a task.
   *
   * @param input layout of the samples
   * @param seed of the weights, not 0
   */
  MultiLayerConfiguration configuration(ReferenceInput input, int classes, long seed) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(LEARNING_RATE))
            .weightInit(activation == Activation.TANH ? WeightInit.XAVIER : WeightInit.RELU)
            .activation(activation)
            .list();
    int height = input.height();
    int width = input.width();
    boolean first = true;
    for (int count : input.hasNeighbours() ? channels : new int[] {}) {
      int stride = first && (strided || height * width > MANY_CELLS) ? 2 : 1;
      layers.layer(convolution(count, kernel(height, first), kernel(width, first), stride));
      height = halved(height, stride);
      width = halved(width, stride);
      layers.layer(pooling(height, width));
      if (normalised) {
        layers.layer(new BatchNormalization());
      }
      height = pooled(height);
      width = pooled(width);
      first = false;
    }
    for (int units : widths) {
      layers.layer(new DenseLayer.Builder().nOut(units).build());
    }
    return layers
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(
            input.hasNeighbours()
                ? InputType.convolutional(input.height(), input.width(), input.channels())
                : InputType.feedForward(input.length()))
        .build();
  }

  private static ConvolutionLayer convolution(int channels, int high, int wide, int stride) {
    return new ConvolutionLayer.Builder(high, wide)
        .nOut(channels)
        .padding(high / 2, wide / 2)
        .stride(Math.min(stride, high), Math.min(stride, wide))
        .build();
  }

  private static SubsamplingLayer pooling(int height, int width) {
    int high = height > 1 ? 2 : 1;
    int wide = width > 1 ? 2 : 1;
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(high, wide)
        .stride(high, wide)
        .build();
  }

  private static int kernel(int cells, boolean first) {
    return first && cells >= WIDE ? 5 : cells > 1 ? 3 : 1;
  }

  private static int halved(int cells, int stride) {
    return cells > 1 ? (cells + stride - 1) / stride : 1;
  }

  private static int pooled(int cells) {
    return Math.max(1, cells / 2);
  }
}
