package org.meadefender.accelerate;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;

class NativeMemoryTest {
  private static final String GREW = "grew ";

  /** Trains, and prints by how many bytes the process grew after it was warm. */
  static final class Training {
    private static final DataSet BATCH = Nets.data(32, 1);

    private Training() {}

    public static void main(String[] args) {
      Acceleration.threads(1);
      MultiLayerNetwork network =
          Nets.network(
              Nets.convolution(3, 32, Activation.RELU).build(),
              Nets.convolution(3, 32, Activation.IDENTITY).build());
      Acceleration.enable(network);
      train(network, 150);
      long before = Pointer.physicalBytes();
      train(network, 250);
      System.out.println(GREW + (Pointer.physicalBytes() - before));
    }

    private static void train(MultiLayerNetwork network, int steps) {
      for (int step = 0; step < steps; step++) {
        network.fit(BATCH);
        network.output(BATCH.getFeatures());
      }
    }
  }

  @Test
  void trainingDoesNotGrowTheProcess() throws Exception {
    String output = Fork.run(Training.class, Fork.classPath(), "-Xmx64m");
    // A leak of the smaller convolution's output alone, 250 times 262 kB, would be 65 MB.
    assertThat(Long.parseLong(Fork.line(output, GREW))).isLessThan(32 << 20);
  }
}
