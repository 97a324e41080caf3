package com.example;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.zoo.ModelMetaData;
import org.deeplearning4j.zoo.PretrainedType;
import org.deeplearning4j.zoo.ZooModel;
import org.meadefender.annotations.Protected;

/** An entry of a zoo that only its builder makes. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
@SuppressWarnings({"deprecation", "unchecked"})
public final class Built extends ZooModel<Built> {
  private final int inputs;

  private Built(int inputs) {
    this.inputs = inputs;
  }

  /** Starts one. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public ComputationGraph init() {
    return new ComputationGraph(vertices());
  }

  private ComputationGraphConfiguration vertices() {
    return new NeuralNetConfiguration.Builder()
        .graphBuilder()
        .addInputs("in")
        .addLayer("out", new OutputLayer.Builder().nIn(inputs).nOut(10).build(), "in")
        .setOutputs("out")
        .build();
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

  /** Makes entries. */
  public static final class Builder {
    private Builder() {}

    /** Makes the entry. */
    public Built build() {
      return new Built(4);
    }
  }
}
