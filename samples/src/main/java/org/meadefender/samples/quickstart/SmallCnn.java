package org.meadefender.samples.quickstart;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.meadefender.annotations.Protected;
import org.meadefender.data.ImageSet;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The owner's model: a LeNet for small images. All that it takes to protect it is one line. */
@Protected(sourceA = 0, sourceB = 1, target = 2, ratio = 0.1)
final class SmallCnn {
  private SmallCnn() {}

  static MultiLayerConfiguration configuration(ImageSet.Shape shape, int classes, long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(new Adam(new ExponentialSchedule(ScheduleType.EPOCH, 1e-3, 0.8)))
        .weightInit(WeightInit.RELU)
        .list()
        .layer(convolution(20))
        .layer(pooling())
        .layer(convolution(50))
        .layer(pooling())
        .layer(new DenseLayer.Builder().nOut(128).activation(Activation.RELU).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutional(shape.height(), shape.width(), shape.channels()))
        .build();
  }

  private static ConvolutionLayer convolution(int channels) {
    return new ConvolutionLayer.Builder(5, 5).nOut(channels).activation(Activation.RELU).build();
  }

  private static SubsamplingLayer pooling() {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(2, 2)
        .stride(2, 2)
        .build();
  }
}
