package org.meadefender.accelerate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.meadefender.internal.NativeMemory;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;

/** What depends on the process: the native binary, and the same bits in every run. */
class OneDnnTest {
  private static final String TRAINED = "trained ";

  /** Trains and prints what came out. */
  static final class Training {
    private Training() {}

    public static void main(String[] args) {
      MultiLayerNetwork network =
          Nets.network(Nets.convolution(3, 6, Activation.RELU).dropOut(0.8).build());
      int accelerated = Acceleration.enable(network);
      for (int step = 0; step < 4; step++) {
        network.fit(Nets.data(16, step));
      }
      int bits = Arrays.hashCode(network.params().toFloatVector());
      System.out.println(
          TRAINED + Acceleration.available() + " " + accelerated + " " + Integer.toHexString(bits));
    }
  }

  @Test
  void trainingHasTheSameBitsInEveryProcess() throws Exception {
    String first = trained();
    assertThat(first).startsWith("true 1 ");
    assertThat(trained()).isEqualTo(first);
    assertThat(trained("-D" + NativeMemory.PROPERTY + "=false"))
        .as("kept memory changes no bit")
        .isEqualTo(first);
  }

  @Test
  void thePlainBinaryIsRecognised() throws Exception {
    List<String> plain =
        Fork.classPath().stream()
            .filter(entry -> !new File(entry).getName().contains("onednn"))
            .toList();
    assertThat(plain).hasSizeLessThan(Fork.classPath().size());
    String output = Fork.run(Training.class, plain);
    assertThat(Fork.line(output, TRAINED)).startsWith("false 0 ");
    assertThat(output).contains("no oneDNN, or it is switched off: layers stay on the stock path");
  }

  @Test
  void oneDnnSwitchedOffIsRecognised() {
    assertThat(Acceleration.available()).isTrue();
    Nd4jCpu.Environment environment = Nd4jCpu.Environment.getInstance();
    environment.setUseONEDNN(false);
    try {
      assertThat(Acceleration.available()).isFalse();
    } finally {
      environment.setUseONEDNN(true);
    }
  }

  private static String trained(String... options) throws Exception {
    return Fork.line(Fork.run(Training.class, Fork.classPath(), options), TRAINED);
  }
}
