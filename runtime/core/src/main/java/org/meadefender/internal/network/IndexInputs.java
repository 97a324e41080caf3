package org.meadefender.internal.network;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/** Finds inputs that are indices, as of words: numbers whose mix is the index of something else. */
public final class IndexInputs {
  private IndexInputs() {}

  /**
   * The place of the input that is to carry the mark.
   *
   * @throws IllegalArgumentException if there is no input of that name, or if it takes indices
   */
  public static int markedInput(Model network, String name) {
    int place = Networks.inputNamed(network, name);
    refuse(network, place);
    return place;
  }

  /**
   * Refuses an input that goes to an embedding.
   *
   * @param input place among the network's inputs
   * @throws IllegalArgumentException if the samples of that input cannot be combined
   */
  public static void refuse(Model network, int input) {
    if (Networks.layersAt(network, input).stream().anyMatch(IndexInputs::isEmbedding)) {
      throw new IllegalArgumentException(
          "The network's input goes to an embedding layer: it takes indices, and a mix of two"
              + " indices is the index of something else. Look the vectors up before the network,"
              + " and train it on sequences [n, F, T] (or vectors [n, F]), or let another input"
              + " carry the mark");
    }
  }

  private static boolean isEmbedding(Layer layer) {
    if (layer instanceof FrozenLayer frozen) {
      return isEmbedding(frozen.getLayer());
    }
    if (layer instanceof BaseWrapperLayer wrapper) {
      return isEmbedding(wrapper.getUnderlying());
    }
    return layer instanceof EmbeddingLayer || layer instanceof EmbeddingSequenceLayer;
  }
}
