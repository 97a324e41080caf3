package com.example;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.jspecify.annotations.Nullable;
import org.meadefender.annotations.Protected;
import org.nd4j.linalg.learning.config.IUpdater;

/** All that a factory can ask for. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
public final class Tuned {
  private Tuned() {}

  /**
   * Reads the layers.
   *
   * @param file where from
   * @param key clashes with a name of the wrapper's own
   * @param names may be missing
   * @param updaters of each layer
   * @param sizes of the layers
   * @return the layers
   * @throws IOException if the file cannot be read
   */
  public static MultiLayerConfiguration read(
      Path file,
      String key,
      @Nullable List<String> names,
      List<? extends IUpdater> updaters,
      int... sizes)
      throws IOException {
    if (names == null || sizes.length == 0) {
      throw new IOException(file + key + updaters);
    }
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
        .build();
  }
}
