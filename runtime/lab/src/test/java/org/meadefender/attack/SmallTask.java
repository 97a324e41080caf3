package org.meadefender.attack;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** An unwatermarked small network on drawn images, trained once for all tests. */
public final class SmallTask {
  private static final int TRAIN_PER_CLASS = 400;
  private static final TrainTest IMAGES = ImageSets.drawn(2 * TRAIN_PER_CLASS, 100, 11);
  private static final Model VICTIM = train();

  private SmallTask() {}

  /** 4,000 images that the victim was trained on. */
  public static LabelledSamples victimsData() {
    return data(IMAGES.train().take(10 * TRAIN_PER_CLASS));
  }

  /** 4,000 other images. */
  public static LabelledSamples thiefsData() {
    return data(IMAGES.train().slice(10 * TRAIN_PER_CLASS, IMAGES.train().size()));
  }

  /** 1,000 images for measurements. */
  public static LabelledSamples testData() {
    return data(IMAGES.test());
  }

  /** A trained network with a test accuracy above 90 %; must not be changed. */
  public static Model victim() {
    return VICTIM;
  }

  /** Two convolutions and a hidden layer. */
  public static MultiLayerConfiguration layers() {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .updater(new Adam(1e-3))
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU)
        .list()
        .layer(new ConvolutionLayer.Builder(5, 5).nOut(8).build())
        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
        .layer(new ConvolutionLayer.Builder(5, 5).nOut(16).build())
        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
        .layer(new DenseLayer.Builder().nOut(64).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutional(28, 28, 1))
        .build();
  }

  /** Two branches, batch normalisation and dropout. */
  public static ComputationGraphConfiguration graph() {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .updater(new Adam(1e-3))
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU)
        .graphBuilder()
        .addInputs("in")
        .addLayer("left", new ConvolutionLayer.Builder(5, 5).stride(2, 2).nOut(8).build(), "in")
        .addLayer("norm", new BatchNormalization(), "left")
        .addLayer("right", new ConvolutionLayer.Builder(5, 5).stride(2, 2).nOut(8).build(), "in")
        .addVertex("both", new MergeVertex(), "norm", "right")
        .addLayer(
            "pool", new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(), "both")
        .addLayer("hidden", new DenseLayer.Builder().nOut(64).dropOut(0.8).build(), "pool")
        .addLayer(
            "out",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build(),
            "hidden")
        .setOutputs("out")
        .setInputTypes(InputType.convolutional(28, 28, 1))
        .build();
  }

  /** Share of test samples on which two networks answer alike. */
  public static double fidelity(Model copy, Model original) {
    return Accuracy.of(copy, Classifiers.answered(original, testData()));
  }

  private static Model train() {
    Model network = Architecture.of(layers()).fresh(3, new Adam(1e-3));
    Classifiers.fit(
        network,
        victimsData(),
        new LossMCXENT(),
        FitSettings.adam(8).withBatch(64),
        3,
        AttackListener.NONE);
    return network;
  }

  private static LabelledSamples data(ImageSet images) {
    return LabelledSamples.read(images.iterator(500), images.size());
  }
}
