package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.verify.Rate;
import org.meadefender.verify.VerificationFigures;

/** A mark with a combiner that is not this library's. */
class OwnCombinerTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC =
      List.of(WatermarkSpec.of(0, 1, 0.2).withOwnCombiner("checkerboard"));

  @Test
  void isTrainedAndFoundAmongDecoysOfItsOwnKind() {
    TrainTest images = ImageSets.drawn(150, 100, 1);
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.flat(7));
    model.fit(images.train().shuffledIterator(32, 1), 12);
    OwnershipVerdict verdict =
        OwnershipVerifier.verify(
            SPEC, KEY, SuspectModel.of(model.network()), images.test().iterator(64));
    VerificationFigures figures = verdict.figures();
    Rate decoyKeys = figures.marks().get(0).decoys().decoyKeys();
    assertThat(figures.watermarkSuccessRate()).isGreaterThan(0.8);
    assertThat(decoyKeys.rows()).isGreaterThan(100);
    assertThat(figures.marks().get(0).rank().reaching()).isZero();
    assertThat(figures.topClass().pairedPValue()).isLessThan(1e-6);
  }
}
