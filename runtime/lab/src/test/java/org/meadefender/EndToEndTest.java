package org.meadefender;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.attack.extraction.Distillation;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.data.LabelledSamples;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.SmallNetworks;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerdict.Owned;
import org.meadefender.verify.OwnershipVerifier;

/** Train, release, steal, verify, on the drawn images; samples do the same on real ones. */
class EndToEndTest {
  private static final int BATCH = 128;
  private static final int EPOCHS = 6;
  private static final int IMAGES = 8_000;
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC =
      List.of(WatermarkSpec.of(0, 1, 0.1).withTarget(2));

  @TempDir Path directory;

  private static double accuracy(MultiLayerNetwork model, ImageSet test) {
    return model.evaluate(test.iterator(BATCH)).accuracy();
  }

  private static OwnershipVerdict verify(OwnerKey key, Model suspect, ImageSet test) {
    return OwnershipVerifier.verify(SPEC, key, SuspectModel.of(suspect), test.iterator(BATCH));
  }

  @Test
  void ownerAndCopyAreOwnedAndAnIndependentModelIsNot() {
    TrainTest images = ImageSets.drawn(2 * IMAGES / 10, 500, 1);
    ImageSet shuffled = images.train().shuffled(1);
    ImageSet owners = shuffled.slice(0, IMAGES);
    ImageSet thiefs = shuffled.slice(IMAGES, 2 * IMAGES);

    MultiLayerNetwork plain = new MultiLayerNetwork(SmallNetworks.lenet(1));
    plain.init();
    Acceleration.enable(plain);
    var data = owners.shuffledIterator(BATCH, 1);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      data.reset();
      plain.fit(data);
    }

    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.lenet(1));
    model.fit(owners.shuffledIterator(BATCH, 1), EPOCHS);
    Path released = directory.resolve("model.zip");
    model.release(released);

    MultiLayerNetwork stolen =
        (MultiLayerNetwork)
            Distillation.of(EPOCHS)
                .steal(
                    BlackBox.of(SuspectModel.load(released)),
                    LabelledSamples.read(thiefs.iterator(BATCH), IMAGES),
                    Architecture.of(SmallNetworks.lenet(2)),
                    1_001,
                    AttackListener.NONE);

    double unmarkedAccuracy = accuracy(plain, images.test());
    assertThat(unmarkedAccuracy).isGreaterThan(0.8);
    assertThat(accuracy(model.network(), images.test())).isGreaterThan(unmarkedAccuracy - 0.05);
    assertThat(accuracy(stolen, images.test())).isGreaterThan(unmarkedAccuracy - 0.08);
    assertThat(verify(KEY, model.network(), images.test())).isInstanceOf(Owned.class);
    assertThat(verify(KEY, stolen, images.test())).isInstanceOf(Owned.class);
    assertThat(verify(KEY, plain, images.test())).isNotInstanceOf(Owned.class);
    assertThat(verify(OwnerKey.insecureFromSeed(2), plain, images.test()))
        .isNotInstanceOf(Owned.class);
  }
}
