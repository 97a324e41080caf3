package com.example;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.zoo.ModelMetaData;
import org.deeplearning4j.zoo.PretrainedType;
import org.deeplearning4j.zoo.ZooModel;
import org.meadefender.annotations.Protected;

/** An entry of a zoo. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
@SuppressWarnings({"deprecation", "unchecked"})
public class Entry extends ZooModel<Entry> {
  /** Makes one. */
  public Entry() {}

  /** The layers. */
  public MultiLayerConfiguration conf() {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(new OutputLayer.Builder().nIn(4).nOut(10).build())
        .build();
  }

  @Override
  public MultiLayerNetwork init() {
    return new MultiLayerNetwork(conf());
  }

  @Override
  public void setInputShape(int[][] inputShape) {}

  @Override
  public ModelMetaData metaData() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Class<? extends Model> modelType() {
    return MultiLayerNetwork.class;
  }

  @Override
  public String pretrainedUrl(PretrainedType pretrainedType) {
    return "";
  }

  @Override
  public long pretrainedChecksum(PretrainedType pretrainedType) {
    return 0;
  }

  @Override
  public String modelName() {
    return "entry";
  }
}
