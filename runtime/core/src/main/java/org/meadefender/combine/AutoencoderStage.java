package org.meadefender.combine;

/**
 * The size of one layer of an autoencoder, and its forward pass in plain Java.
 *
 * <p>Every cell is taken to its outputs by the same weights, {@code [input][output]}; values of a
 * cell lie together. A dense layer has one cell, a convolution of patches one for each patch.
 *
 * @param cells number of cells
 * @param inputs values per cell that it reads
 * @param outputs values per cell that it writes
 * @param rectified whether negative results become 0
 */
record AutoencoderStage(int cells, int inputs, int outputs, boolean rectified) {

  /** Number of weights, without the biases. */
  int weights() {
    return inputs * outputs;
  }

  /** Number of weights and biases. */
  int parameters() {
    return weights() + outputs;
  }

  /**
   * Computes the outputs.
   *
   * @param parameters of all stages; this one's weights and then its biases begin at {@code start}
   */
  float[] apply(float[] input, float[] parameters, int start) {
    float[] result = new float[cells * outputs];
    for (int cell = 0; cell < cells; cell++) {
      int to = cell * outputs;
      System.arraycopy(parameters, start + weights(), result, to, outputs);
      for (int i = 0; i < inputs; i++) {
        float value = input[cell * inputs + i];
        // Half of the rectified values are 0.
        if (value != 0) {
          int from = start + i * outputs;
          for (int o = 0; o < outputs; o++) {
            result[to + o] += value * parameters[from + o];
          }
        }
      }
    }
    if (rectified) {
      for (int i = 0; i < result.length; i++) {
        result[i] = Math.max(0, result[i]);
      }
    }
    return result;
  }
}
