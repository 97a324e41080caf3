package org.meadefender.samples.benchmark;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.Method;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingOptions;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The ways of training that are compared. */
enum Contestant {
  /** Deeplearning4j as it is. */
  STOCK,
  /** The same network, accelerated. */
  ACCELERATED,
  /** Accelerated, with 10 % watermark and 10 % evasion rows, balanced by MGDA in every step. */
  PROTECTED;

  /** The watermark of {@link #PROTECTED}. */
  static final WatermarkSpec SPEC = WatermarkSpec.of(0, 1, 0.1);

  static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);

  /** Trains one pass over what an iterator gives. */
  interface Trainer {
    void fit(DataSetIterator data);
  }

  /** Prepares a network. */
  Trainer trainer(Model network) {
    if (this == STOCK) {
      return data -> fit(network, data);
    }
    Acceleration.enable(network);
    if (this == ACCELERATED) {
      return data -> fit(network, data);
    }
    ProtectedModel<Model> model = ProtectedModel.create(List.of(SPEC), KEY, network);
    TrainingOptions options =
        TrainingOptions.epochs(1).withMethod(Method.PAPER).withProgress(progress -> {});
    return data -> model.fit(data, options);
  }

  static void fit(Model network, DataSetIterator data) {
    if (network instanceof MultiLayerNetwork layers) {
      layers.fit(data);
    } else {
      ((ComputationGraph) network).fit(data);
    }
  }

  static INDArray output(Model network, INDArray features) {
    return network instanceof MultiLayerNetwork layers
        ? layers.output(features)
        : ((ComputationGraph) network).outputSingle(features);
  }
}
