package org.meadefender.accelerate;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.AlgoMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.BwdDataAlgo;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.BwdFilterAlgo;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.FwdAlgo;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.mkldnn.MKLDNNConvHelper;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution by oneDNN whose backward pass takes over the forward pass's result.
 *
 * <p>Deeplearning4j computes the forward pass a second time in the backward pass. Its layers also
 * have a place for a kept result, which only the backward pass reads. Every forward pass empties or
 * renews it here, and the backward pass empties it, so that it belongs to the latest forward pass.
 * Activations overwrite their input: the result is kept where the overwritten array still has the
 * right derivative.
 */
final class CachedConvolution extends MKLDNNConvHelper {
  private final ConvolutionLayer layer;

  CachedConvolution(ConvolutionLayer layer) {
    super(DataType.FLOAT);
    this.layer = layer;
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
    return super.preOutput(
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
        workspaceMgr);
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
    return super.backpropGradient(
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
        workspaceMgr);
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
