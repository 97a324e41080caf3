package org.meadefender.cli;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.release.ModelRelease;
import org.meadefender.spec.OwnerKey;
import org.meadefender.verify.FlatWorld;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;

/**
 * What commands work on.
 *
 * @param key a key file
 * @param data a directory with held-out samples
 * @param model an untrained network
 */
record CommandFiles(Path key, Path data, Path model) {
  static final int CLASSES = 10;
  static final OwnerKey KEY = OwnerKey.insecureFromSeed(7);
  static final FlatWorld WORLD = new FlatWorld(CLASSES);

  static CommandFiles in(Path directory) throws IOException {
    Path key = directory.resolve("owner.key");
    KEY.save(key);
    Path data = Files.createDirectory(directory.resolve("idx"));
    DataSet samples = WORLD.heldOut(60).next();
    int[] labels = samples.getLabels().argMax(1).toIntVector();
    float[] pixels = samples.getFeatures().dup('c').data().asFloat();
    try (var images =
            new DataOutputStream(Files.newOutputStream(data.resolve("t10k-images-idx3-ubyte")));
        var classes =
            new DataOutputStream(Files.newOutputStream(data.resolve("t10k-labels-idx1-ubyte")))) {
      images.writeInt(0x803);
      images.writeInt(labels.length);
      images.writeInt(FlatWorld.SIDE);
      images.writeInt(FlatWorld.SIDE);
      for (float pixel : pixels) {
        images.writeByte(Math.round(255 * pixel));
      }
      classes.writeInt(0x801);
      classes.writeInt(labels.length);
      for (int label : labels) {
        classes.writeByte(label);
      }
    }
    MultiLayerNetwork untrained =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(
                    new OutputLayer.Builder()
                        .nIn(FlatWorld.SIDE * FlatWorld.SIDE)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    untrained.init();
    Path model = directory.resolve("model.zip");
    ModelRelease.write(untrained, model);
    return new CommandFiles(key, data, model);
  }
}
