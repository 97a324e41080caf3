package org.meadefender.samples.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.meadefender.data.ImageSets;
import org.meadefender.data.TrainTest;
import org.meadefender.spec.OwnerKey;
import org.nd4j.linalg.api.ndarray.INDArray;

class OwnerTest {
  private static final TrainTest IMAGES = ImageSets.drawn(20, 10, 1);

  private static Owner owner(String... settings) {
    return new Owner(Experiment.from(List.of(settings)), IMAGES.train());
  }

  /** The falling rate hangs on the epochs that a network counts. */
  @Test
  void aPlainNetworkDoesNotDependOnWhatWasTrainedBefore() {
    INDArray alone = owner("epochs=3").plain().params();
    Owner both = owner("epochs=3");
    both.marked(Experiment.from(List.of()).spec(), OwnerKey.insecureFromSeed(1));
    assertThat(both.plain().params()).isEqualTo(alone);
  }

  @Test
  void aSliceIsHeldOutForStopping() {
    Owner owner = owner("epochs=2", "patience=1");
    assertThat(owner.training().size()).isEqualTo(180);
    owner.plain();
    assertThat(owner.notes()).contains("parameters of epoch");
  }
}
