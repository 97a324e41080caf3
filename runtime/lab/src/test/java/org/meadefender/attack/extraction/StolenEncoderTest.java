package org.meadefender.attack.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.meadefender.attack.Accuracy;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.SmallTask;
import org.meadefender.attack.internal.Features;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The victim's layers before the last serve as its encoder. */
class StolenEncoderTest {
  private static final int WIDTH = 64;
  private static final double STEP = 1e-6;

  @Test
  void copiesAnEncoder() {
    Model victim = SmallTask.victim();
    BlackBox box = BlackBox.of(samples -> Features.of(victim, samples));
    FitSettings fit = FitSettings.adam(6).withBatch(64);
    Model copy =
        StolenEncoder.of(1)
            .withFit(fit)
            .steal(
                box,
                SmallTask.thiefsData().take(2_000),
                Architecture.of(encoder()),
                9,
                AttackListener.NONE);
    assertThat(box.queries()).isEqualTo(2_000);
    double stolen = probe(copy);
    double untrained = probe(Architecture.of(encoder()).fresh(9, new Adam()));
    assertThat(stolen).isGreaterThan(0.8).isGreaterThan(untrained + 0.04);
  }

  @Test
  void gradientEqualsFiniteDifferences() {
    LossStolenEncoder loss = new LossStolenEncoder();
    INDArray embeddings = Nd4j.rand(DataType.DOUBLE, 3, 4).subi(0.3);
    INDArray labels =
        Nd4j.concat(
            1, Nd4j.rand(DataType.DOUBLE, 3, 4), Nd4j.ones(3, 1).mul(20).castTo(DataType.DOUBLE));
    ActivationIdentity identity = new ActivationIdentity();
    INDArray gradient = loss.computeGradient(labels, embeddings, identity, null);
    for (int i = 0; i < embeddings.length(); i++) {
      INDArray up = embeddings.dup();
      up.putScalar(i, embeddings.getDouble(i) + STEP);
      INDArray down = embeddings.dup();
      down.putScalar(i, embeddings.getDouble(i) - STEP);
      double difference =
          loss.computeScore(labels, up, identity, null, false)
              - loss.computeScore(labels, down, identity, null, false);
      assertThat(gradient.getDouble(i)).isCloseTo(difference / (2 * STEP), within(1e-5));
    }
  }

  /** Accuracy of a linear classifier on an encoder's embeddings. */
  private static double probe(Model encoder) {
    LabelledSamples train = SmallTask.victimsData().take(1_500);
    LabelledSamples test = SmallTask.testData();
    MultiLayerConfiguration linear =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(WIDTH)
                    .nOut(10)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build();
    MultiLayerNetwork head = (MultiLayerNetwork) Architecture.of(linear).fresh(2, new Adam(1e-2));
    Classifiers.fit(
        head,
        embedded(encoder, train),
        new LossMCXENT(),
        new FitSettings(20, 64, new Adam(1e-2)),
        2,
        AttackListener.NONE);
    return Accuracy.of(head, embedded(encoder, test));
  }

  private static LabelledSamples embedded(Model encoder, LabelledSamples data) {
    int n = data.size();
    return LabelledSamples.of(Classifiers.output(encoder, data.features(0, n)), data.labels(0, n));
  }

  private static MultiLayerConfiguration encoder() {
    return new NeuralNetConfiguration.Builder()
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU)
        .list()
        .layer(new ConvolutionLayer.Builder(5, 5).nOut(8).build())
        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
        .layer(new ConvolutionLayer.Builder(5, 5).nOut(16).build())
        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MSE)
                .nOut(WIDTH)
                .activation(Activation.IDENTITY)
                .build())
        .setInputType(InputType.convolutional(28, 28, 1))
        .build();
  }
}
