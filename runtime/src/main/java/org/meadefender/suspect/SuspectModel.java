package org.meadefender.suspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A black box that classifies: all that verification may ask of a suspect. */
@FunctionalInterface
public interface SuspectModel {
  /**
   * Classifies a batch.
   *
   * @param features samples, {@code [n, …]}, as the protected model takes them
   * @return class probabilities, {@code [n, classes]}; a one-hot row where only the top class is
   *     known
   * @throws SuspectException if there is no answer, or none that can be used
   */
  INDArray predict(INDArray features);

  /** What a verdict names the suspect by: an address or a digest, never a secret. */
  default String identity() {
    return "in-memory model";
  }

  /**
   * A network in memory.
   *
   * @throws IllegalArgumentException if the network has more than one input or output
   */
  static SuspectModel of(Model network) {
    if (network instanceof MultiLayerNetwork layers) {
      return features -> layers.output(features, false);
    }
    if (network instanceof ComputationGraph graph) {
      if (graph.getNumInputArrays() != 1 || graph.getNumOutputArrays() != 1) {
        throw new IllegalArgumentException(
            "The suspect graph has "
                + graph.getNumInputArrays()
                + " inputs and "
                + graph.getNumOutputArrays()
                + " outputs; only one of each is supported, pass a SuspectModel of your own");
      }
      return features -> graph.outputSingle(false, features);
    }
    throw new IllegalArgumentException(
        "A suspect of type "
            + network.getClass().getName()
            + " is not supported; pass a MultiLayerNetwork, a ComputationGraph or a SuspectModel");
  }

  /**
   * A network that {@link ModelSerializer} saved.
   *
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it holds no Deeplearning4j network
   */
  static SuspectModel load(Path zip) {
    if (!Files.isRegularFile(zip)) {
      throw new IllegalArgumentException(zip + " is not a file; expected a saved network (zip)");
    }
    try {
      return of(ModelSerializer.restoreMultiLayerNetwork(zip.toFile(), false));
    } catch (IOException | RuntimeException notLayers) {
      try {
        return of(ModelSerializer.restoreComputationGraph(zip.toFile(), false));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read the network " + zip, e);
      } catch (RuntimeException e) {
        e.addSuppressed(notLayers);
        throw new IllegalArgumentException(zip + " holds no Deeplearning4j network", e);
      }
    }
  }
}
