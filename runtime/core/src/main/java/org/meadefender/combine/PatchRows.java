package org.meadefender.combine;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gives a dense layer more or fewer rows of the same values: a layer that reads every patch of an
 * image as a row of its own is a convolution whose kernel and stride are a patch.
 */
final class PatchRows implements InputPreProcessor {
  private static final long serialVersionUID = 1L;

  private final int before;
  private final int after;

  /**
   * A change of rows.
   *
   * @param before values per row of what comes in
   * @param after values per row of what the layer reads
   */
  PatchRows(int before, int after) {
    this.before = before;
    this.after = after;
  }

  @Override
  public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr workspaces) {
    return rows(input, after, ArrayType.ACTIVATIONS, workspaces);
  }

  @Override
  public INDArray backprop(INDArray output, int miniBatchSize, LayerWorkspaceMgr workspaces) {
    return rows(output, before, ArrayType.ACTIVATION_GRAD, workspaces);
  }

  private static INDArray rows(
      INDArray values, int perRow, ArrayType type, LayerWorkspaceMgr workspaces) {
    INDArray inOrder = values.ordering() == 'c' ? values : values.dup('c');
    return workspaces.leverageTo(type, inOrder.reshape('c', values.length() / perRow, perRow));
  }

  @Override
  @SuppressWarnings("MissingSuperCall") // The interface leaves copying to its implementations.
  public PatchRows clone() {
    return new PatchRows(before, after);
  }

  @Override
  public InputType getOutputType(InputType inputType) {
    return InputType.feedForward(after);
  }

  /** Samples have no masks here. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray maskArray, MaskState currentMaskState, int minibatchSize) {
    return Pair.of(maskArray, currentMaskState);
  }
}
