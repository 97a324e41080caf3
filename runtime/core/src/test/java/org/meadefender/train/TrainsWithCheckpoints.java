package org.meadefender.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.data.ImageSets;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Run in a JVM of its own, which may be killed: trains, with a listener that changes the method if
 * there is a third argument, and writes the parameters at the end.
 */
public final class TrainsWithCheckpoints {
  private static final int EPOCHS = 8;

  private TrainsWithCheckpoints() {}

  public static void main(String[] args) throws IOException {
    TrainingOptions options = TrainingOptions.epochs(EPOCHS);
    train(args, args.length > 2 ? options.withListener(new RaisesCoupling()) : options);
  }

  /**
   * Trains the model with the seed 7.
   *
   * @param args directory of the checkpoints, file of the parameters
   */
  public static void train(String[] args, TrainingOptions options) throws IOException {
    ProtectedModel<MultiLayerNetwork> model = model(7);
    model.fit(data(), options.withCheckpoints(Path.of(args[0])));
    Nd4j.saveBinary(model.network().params(), Path.of(args[1]).toFile());
  }

  public static DataSetIterator data() {
    return ImageSets.drawn(20, 1, 1).train().shuffledIterator(25, 3);
  }

  public static ProtectedModel<MultiLayerNetwork> model(long seed) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(1e-3))
            .list()
            .layer(
                new ConvolutionLayer.Builder(5, 5)
                    .nOut(4)
                    .stride(2, 2)
                    .activation(Activation.RELU)
                    .build())
            .layer(
                new DenseLayer.Builder().nOut(32).activation(Activation.RELU).dropOut(0.8).build())
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(10)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.convolutional(28, 28, 1))
            .build();
    return ProtectedModel.create(
        List.of(WatermarkSpec.of(0, 1, 0.2)), OwnerKey.insecureFromSeed(1), configuration);
  }
}
