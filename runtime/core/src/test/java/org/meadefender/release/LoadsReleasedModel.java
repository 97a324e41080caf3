package org.meadefender.release;

import java.io.File;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Run in a JVM without our classes: loads a released network and writes its answers to a file. */
final class LoadsReleasedModel {
  private LoadsReleasedModel() {}

  public static void main(String[] args) throws Exception {
    try {
      Class.forName("org.meadefender.train.ProtectedModel");
      throw new IllegalStateException("Our classes are on the class path; this proves nothing");
    } catch (ClassNotFoundException expected) {
      INDArray input = Nd4j.readBinary(new File(args[2]));
      INDArray output =
          args[0].equals("graph")
              ? ComputationGraph.load(new File(args[1]), true).outputSingle(input)
              : MultiLayerNetwork.load(new File(args[1]), true).output(input);
      Nd4j.saveBinary(output, new File(args[3]));
    }
  }
}
