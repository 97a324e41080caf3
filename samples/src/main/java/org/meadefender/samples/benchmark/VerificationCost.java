package org.meadefender.samples.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.samples.models.LeNet;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.OwnershipVerifier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What verifying 1,000 watermark rows costs beside a bare forward pass of all rows asked. */
final class VerificationCost {
  private static final int TRAIN_PER_CLASS = 100;
  private static final int TEST_PER_CLASS = 200;
  private static final int BATCH = 256;
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 9;
  private static final long SEED = 1;

  private VerificationCost() {}

  /** Seconds of a verification over seconds of its forward passes, with a LeNet in memory. */
  static Spread overForward() {
    TrainTest data = ImageSets.drawn(TRAIN_PER_CLASS, TEST_PER_CLASS, SEED);
    MultiLayerNetwork network =
        new MultiLayerNetwork(LeNet.configuration(data.test().classes(), SEED));
    network.init();
    Acceleration.enable(network);
    // A network that knows nothing would be asked more, to find out why.
    network.fit(data.train().shuffledIterator(Worker.BATCH, SEED), 2);

    List<INDArray> asked = new ArrayList<>();
    verify(
        data.test(),
        features -> {
          asked.add(features.dup());
          return network.output(features);
        });
    List<Double> verifying = new ArrayList<>();
    List<Double> forward = new ArrayList<>();
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      long start = System.nanoTime();
      verify(data.test(), SuspectModel.of(network));
      long between = System.nanoTime();
      asked.forEach(network::output);
      long end = System.nanoTime();
      if (round >= WARM_UP) {
        verifying.add((double) (between - start));
        forward.add((double) (end - between));
      }
    }
    return Spread.ofRatios(verifying, forward);
  }

  private static void verify(ImageSet heldOut, SuspectModel suspect) {
    OwnershipVerifier.verify(
        List.of(Contestant.SPEC), Contestant.KEY, suspect, heldOut.iterator(BATCH));
  }
}
