package org.meadefender.cli;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.meadefender.data.ImageSet;
import org.meadefender.internal.BoundedFile;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks by what people have: a configuration, a saved network, or a name. */
final class NetworkSource {
  /** The network that needs no file. */
  static final String SMALL = "small";

  private static final int MAX_BYTES = 16 << 20;
  private static final String ZOO = "org.deeplearning4j.zoo.model.";

  private NetworkSource() {}

  /**
   * Makes a network.
   *
   * @param name a file with a configuration (JSON) or a saved network (zip), {@value #SMALL}, or a
   *     model of Deeplearning4j's zoo, if that is on the class path
   * @param seed of new weights, not 0
   * @throws IllegalArgumentException if it is none of these, or no network follows from it
   */
  static Model read(String name, ImageSet images, long seed) throws IOException {
    if (seed == 0) {
      throw new IllegalArgumentException("--seed is 0, which does not repeat; use any other");
    }
    Path file = Path.of(name);
    if (Files.isRegularFile(file)) {
      return startsAsJson(file) ? configured(file, seed) : SuspectModel.loadNetwork(file);
    }
    if (name.toLowerCase(Locale.ROOT).equals(SMALL)) {
      return new MultiLayerNetwork(small(images.shape(), images.classes(), seed));
    }
    return zoo(name, images, seed);
  }

  private static boolean startsAsJson(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      int first = in.read();
      while (first >= 0 && Character.isWhitespace(first)) {
        first = in.read();
      }
      return first == '{';
    }
  }

  private static Model configured(Path file, long seed) throws IOException {
    String json = BoundedFile.text(file, MAX_BYTES);
    try {
      if (json.contains("\"vertices\"")) {
        ComputationGraphConfiguration graph = ComputationGraphConfiguration.fromJson(json);
        graph.getDefaultConfiguration().setSeed(seed);
        return new ComputationGraph(graph);
      }
      MultiLayerConfiguration layers = MultiLayerConfiguration.fromJson(json);
      layers.getConfs().forEach(each -> each.setSeed(seed));
      return new MultiLayerNetwork(layers);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          file
              + " holds no configuration of Deeplearning4j (MultiLayerConfiguration.toJson, or"
              + " ComputationGraphConfiguration.toJson): "
              + Messages.words(e.getMessage()).lines().findFirst().orElse(""),
          e);
    }
  }

  /** Two convolutions and a dense layer, in the manner of LeNet, for small images. */
  static MultiLayerConfiguration small(ImageSet.Shape shape, int classes, long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(new Adam(1e-3))
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU)
        .convolutionMode(ConvolutionMode.Same)
        .list()
        .layer(new ConvolutionLayer.Builder(5, 5).nOut(20).build())
        .layer(pooling())
        .layer(new ConvolutionLayer.Builder(5, 5).nOut(50).build())
        .layer(pooling())
        .layer(new DenseLayer.Builder().nOut(128).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutional(shape.height(), shape.width(), shape.channels()))
        .build();
  }

  private static SubsamplingLayer pooling() {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(2, 2)
        .stride(2, 2)
        .build();
  }

  /** By reflection: the zoo is no dependency. */
  private static Model zoo(String name, ImageSet images, long seed) {
    Class<?> type;
    try {
      type = Class.forName(ZOO + name);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalArgumentException(
          name
              + " is no file, not "
              + SMALL
              + ", and no model of Deeplearning4j's zoo on the class path (names as LeNet or"
              + " ResNet50, from org.deeplearning4j:deeplearning4j-zoo)",
          e);
    }
    ImageSet.Shape shape = images.shape();
    try {
      Object builder = type.getMethod("builder").invoke(null);
      Class<?> made = builder.getClass();
      made.getMethod("numClasses", int.class).invoke(builder, images.classes());
      made.getMethod("seed", long.class).invoke(builder, seed);
      made.getMethod("inputShape", int[].class)
          .invoke(builder, new int[] {shape.channels(), shape.height(), shape.width()});
      Object model = made.getMethod("build").invoke(builder);
      return (Model) type.getMethod("init").invoke(model);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          name
              + " cannot be made for images "
              + shape
              + ": "
              + Messages.of(e.getTargetException()).lines().findFirst().orElse(""),
          e);
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          name + " of Deeplearning4j's zoo is no classifier of images; choose another", e);
    }
  }
}
