package org.meadefender.suspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.internal.Digests;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A black box that classifies: all that verification may ask of a suspect.
 *
 * <pre>{@code
 * SuspectModel file = SuspectModel.load(Path.of("suspect.zip"));
 * SuspectModel own = features -> network.output(features); // whatever answers [n, classes]
 * }</pre>
 *
 * @since 0.1.0
 */
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

  /** The {@link #identity} of a suspect that has none of its own. */
  String UNNAMED = "in-memory model";

  /**
   * What a verdict names the suspect by: an address or a digest, never a secret. Without one of its
   * own a suspect gets no transcript and no evidence; see {@link #named}.
   */
  default String identity() {
    return UNNAMED;
  }

  /** What a verdict says of how the suspect is asked, if there is anything to say. */
  default List<String> notes() {
    return List.of();
  }

  /**
   * The same suspect, asked in the way in which it answers ordinary samples best, where there are
   * several.
   *
   * @param accuracy tells what share of ordinary samples is answered rightly, from 0 to 1
   */
  default SuspectModel settled(ToDoubleFunction<SuspectModel> accuracy) {
    return this;
  }

  /** The same suspect, asked in another format. */
  default SuspectModel withFormat(InputFormat format) {
    return around(
        this, suspect -> features -> format.restore(suspect.predict(format.apply(features))));
  }

  /** The same suspect with something around its answers, a counter for instance. */
  static SuspectModel around(SuspectModel suspect, UnaryOperator<SuspectModel> wrapping) {
    return new WrappedSuspect(suspect, wrapping);
  }

  /**
   * A suspect that a verdict names in another way.
   *
   * @param identity an address or a digest, this suspect's own
   * @throws IllegalArgumentException if the identity is blank, or the one of unnamed suspects
   */
  static SuspectModel named(SuspectModel suspect, String identity) {
    return new NamedSuspect(suspect, identity);
  }

  /**
   * A network in memory.
   *
   * @throws IllegalArgumentException if the network has more than one input or output
   */
  static SuspectModel of(Model network) {
    if (network instanceof MultiLayerNetwork layers) {
      return new NetworkSuspect(
          rows -> layers.output(rows, false),
          () -> layers.getLayerWiseConfigurations().toJson(),
          layers::params);
    }
    if (network instanceof ComputationGraph graph) {
      if (graph.getNumInputArrays() != 1 || graph.getNumOutputArrays() != 1) {
        throw new IllegalArgumentException(
            "The suspect graph has "
                + graph.getNumInputArrays()
                + " inputs and "
                + graph.getNumOutputArrays()
                + " outputs; only one of each is supported: call of(graph, input, others) for several"
                + " inputs, or pass a SuspectModel of your own");
      }
      return new NetworkSuspect(
          rows -> graph.outputSingle(false, rows),
          () -> graph.getConfiguration().toJson(),
          graph::params);
    }
    throw new IllegalArgumentException(
        "A suspect of type "
            + network.getClass().getName()
            + " is not supported; pass a MultiLayerNetwork, a ComputationGraph or a SuspectModel");
  }

  /**
   * A graph with several inputs, asked through one of them.
   *
   * @param input name of the input that takes the samples: the one that carries the watermark
   * @param others what all other inputs get with every sample, by name: one row each, {@code [1,
   *     …]}, for instance of an ordinary sample
   * @throws IllegalArgumentException if the graph has more than one output, or if the names are not
   *     those of its inputs
   */
  static SuspectModel of(ComputationGraph graph, String input, Map<String, INDArray> others) {
    return new OneInput(graph, input, others);
  }

  /**
   * A network that Deeplearning4j's {@code ModelSerializer} saved. Only its configuration, its
   * parameters and its normalizer are read, within limits; nothing in the file is run. The network
   * answers on oneDNN where it can, see {@link Acceleration#enable}.
   *
   * <p>Where the file holds a normalizer, samples go through it: pass them as they were collected.
   * A verification whose samples are answered better without it, since they are normalised already,
   * leaves it out; {@link #notes} and the verdict say which. Read are {@code
   * NormalizerStandardize}, {@code NormalizerMinMaxScaler}, {@code ImagePreProcessingScaler}, and
   * the first two's forms for several inputs if there is one; any other, as one of your own, is not
   * used, and the notes say so.
   *
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it holds no Deeplearning4j network
   */
  static SuspectModel load(Path zip) {
    NetworkZip.Content content = content(zip);
    Acceleration.enable(content.network());
    SuspectModel network = of(content.network());
    String identity = "sha256:" + Digests.of(zip);
    return content
        .normalizer()
        .<SuspectModel>map(each -> FileSuspect.of(network, each, identity))
        .orElseGet(() -> named(network, identity));
  }

  /**
   * The network itself, without a normalizer, for those who need more than its answers; see {@link
   * #load}.
   *
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it holds no Deeplearning4j network
   */
  static Model loadNetwork(Path zip) {
    return content(zip).network();
  }

  private static NetworkZip.Content content(Path zip) {
    try {
      ModelFiles.requireReadable(zip, "a saved network (zip)");
      return NetworkZip.load(zip);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the network " + zip, e);
    }
  }

  /**
   * An ONNX file, run by ONNX Runtime; see {@link #onnx(Path, SuspectOptions)}.
   *
   * @throws IllegalArgumentException if it is no ONNX model with one input, or too large
   * @throws IllegalStateException if ONNX Runtime is missing
   */
  static SuspectModel onnx(Path file) {
    return onnx(file, SuspectOptions.unknownClasses());
  }

  /**
   * An ONNX file, run by ONNX Runtime. Type and shape of the input, and the kind of the output, are
   * those that the graph declares, as far as they can be told. Needs {@code
   * com.microsoft.onnxruntime:onnxruntime} on the class path.
   *
   * @throws IllegalArgumentException if it is no ONNX model that can be run, or too large, or has
   *     inputs that the options give no value
   * @throws IllegalStateException if ONNX Runtime is missing
   */
  static SuspectModel onnx(Path file, SuspectOptions options) {
    try {
      return OnnxFile.load(file, options);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "ONNX files need com.microsoft.onnxruntime:onnxruntime on the class path; add it", e);
    }
  }

  /**
   * A Keras HDF5 file of Keras 1 or 2, imported by Deeplearning4j. Needs {@code
   * org.deeplearning4j:deeplearning4j-modelimport} on the class path.
   *
   * @throws IllegalArgumentException if it is no Keras model that Deeplearning4j can import; the
   *     message holds Deeplearning4j's reason
   * @throws IllegalStateException if the import is missing
   */
  static SuspectModel keras(Path file) {
    try {
      return named(of(KerasFile.load(file)), "sha256:" + Digests.of(file));
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "Keras files need org.deeplearning4j:deeplearning4j-modelimport on the class path; add"
              + " it",
          e);
    }
  }
}
