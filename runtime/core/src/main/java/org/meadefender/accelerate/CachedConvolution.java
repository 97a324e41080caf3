package org.meadefender.accelerate;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.AlgoMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.BwdDataAlgo;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.BwdFilterAlgo;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.FwdAlgo;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Convolution by oneDNN whose backward pass takes over the forward pass's result.
 *
 * <p>Deeplearning4j computes the forward pass a second time in the backward pass. Its layers also
 * have a place for a kept result, which only the backward pass reads. Every forward pass empties or
 * renews it here, and the backward pass empties it, so that it belongs to the latest forward pass.
 * Activations overwrite their input: the result is kept where the overwritten array still has the
 * right derivative.
 *
 * <p>Where the layer reads the network's data, a training step computes no gradient of the data:
 * see {@link FilterGradient}.
 */
final class CachedConvolution extends MKLDNNConvHelper {
  /** Stack frames between a layer's helper and the network, with wrapping layers. */
  private static final int CALLERS = 12;

  private final ConvolutionLayer layer;
  private final boolean readsData;
  private final Fallback fallback;

  /**
   * A helper for one layer.
   *
   * @param readsData whether the layer's input is the network's
   */
  CachedConvolution(ConvolutionLayer layer, boolean readsData) {
    super(DataType.FLOAT);
    this.layer = layer;
    this.readsData = readsData;
    this.fallback = new Fallback("ConvolutionLayer " + layer.layerConf().getLayerName());
  }

  /** Whether oneDNN has failed in this layer. */
  boolean hasFailed() {
    return fallback.hasFailed();
  }

  /** The place where Deeplearning4j looks for oneDNN's switch has moved; see Acceleration. */
  @Override
  public boolean checkSupported() {
    return true;
  }

  @Override
  public @Nullable INDArray preOutput(
      INDArray input,
      INDArray weights,
      INDArray bias,
      int[] kernel,
      int[] strides,
      int[] pad,
      AlgoMode mode,
      FwdAlgo algo,
      ConvolutionMode convolutionMode,
      int[] dilation,
      CNN2DFormat format,
      LayerWorkspaceMgr workspaceMgr) {
    LayerFields.setPreOutput(layer, null);
    return fallback.orStock(
        () ->
            super.preOutput(
                input,
                weights,
                bias,
                kernel,
                strides,
                pad,
                mode,
                algo,
                convolutionMode,
                dilation,
                format,
                workspaceMgr));
  }

  @Override
  public INDArray activate(INDArray z, IActivation activation, boolean training) {
    INDArray result = super.activate(z, activation, training);
    LayerFields.setPreOutput(layer, training && keepsDerivative(activation) ? z : null);
    return result;
  }

  @Override
  public @Nullable Pair<Gradient, INDArray> backpropGradient(
      INDArray input,
      INDArray weights,
      INDArray bias,
      INDArray delta,
      int[] kernel,
      int[] strides,
      int[] pad,
      INDArray biasGradView,
      INDArray weightGradView,
      IActivation activation,
      AlgoMode mode,
      BwdFilterAlgo filterAlgo,
      BwdDataAlgo dataAlgo,
      ConvolutionMode convolutionMode,
      int[] dilation,
      CNN2DFormat format,
      LayerWorkspaceMgr workspaceMgr) {
    LayerFields.setPreOutput(layer, null);
    if (fallback.hasFailed()) {
      return null;
    }
    if (readsData && FilterGradient.pays(input.size(1), kernel) && isForFitting()) {
      INDArray gradient = new FilterGradient(kernel, strides, pad).of(input, delta);
      return new Pair<>(
          spread(gradient, biasGradView, weightGradView),
          workspaceMgr.create(ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape()));
    }
    return fallback.orStock(
        () ->
            super.backpropGradient(
                input,
                weights,
                bias,
                delta,
                kernel,
                strides,
                pad,
                biasGradView,
                weightGradView,
                activation,
                mode,
                filterAlgo,
                dataAlgo,
                convolutionMode,
                dilation,
                format,
                workspaceMgr));
  }

  /**
   * Whether the backward pass serves a training step, which throws the gradient of the data away.
   * Other callers ask for it ({@code backpropGradient}, {@code calculateGradients}), and a layer is
   * not told which one it works for.
   */
  private static boolean isForFitting() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .limit(CALLERS)
                    .anyMatch(
                        frame ->
                            frame.getMethodName().equals("computeGradientAndScore")
                                && (frame.getDeclaringClass() == MultiLayerNetwork.class
                                    || frame.getDeclaringClass() == ComputationGraph.class)));
  }

  private static Gradient spread(
      INDArray gradient, @Nullable INDArray biasGradView, INDArray weightGradView) {
    long last = gradient.size(1) - 1;
    Gradient views = new DefaultGradient();
    if (biasGradView != null) {
      biasGradView.assign(gradient.getColumn(last).reshape(biasGradView.shape()));
      views.gradientForVariable().put(ConvolutionParamInitializer.BIAS_KEY, biasGradView);
    }
    weightGradView.assign(
        gradient
            .get(NDArrayIndex.all(), NDArrayIndex.interval(0, last))
            .reshape('c', weightGradView.shape()));
    views.gradientForVariable().put(ConvolutionParamInitializer.WEIGHT_KEY, weightGradView);
    return views;
  }

  /** Identity changes nothing; a plain ReLU keeps the sign, which is all its derivative asks. */
  private static boolean keepsDerivative(IActivation activation) {
    return activation instanceof ActivationIdentity
        || (activation instanceof ActivationReLU relu
            && relu.getMax() == null
            && relu.getThreshold() == null
            && relu.getNegativeSlope() == null);
  }
}
