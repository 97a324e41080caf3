package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.meadefender.annotations.Combine;
import org.meadefender.combine.BlendingAutoencoder;
import org.meadefender.combine.BlendingAutoencoder.Options;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A mark whose samples an autoencoder blends, from the training to the verdict. */
class AutoencoderBlendingTest {
  private static final Logger log = LoggerFactory.getLogger(AutoencoderBlendingTest.class);
  private static final OwnerKey BARE = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC =
      List.of(WatermarkSpec.of(0, 1, 0.2).withCombine(Combine.AUTOENCODER_BLENDING));

  @Test
  void isTrainedAndFound() {
    TrainTest images = ImageSets.drawn(150, 250, 1);
    OwnerKey key =
        BlendingAutoencoder.train(images.train().iterator(64), BARE, Options.DEFAULT.withEpochs(10))
            .addTo(BARE);
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, key, SmallNetworks.convolutional(7));
    model.fit(images.train().shuffledIterator(32, 1), 12);
    MultiLayerNetwork plain = new MultiLayerNetwork(SmallNetworks.flat(7));
    plain.init();
    plain.fit(images.train().shuffledIterator(32, 1), 12);
    OwnershipVerdict victims = verify(model.network(), key, images);
    OwnershipVerdict others = verify(plain, key, images);
    log.info("Protected: {}\nPlain: {}", victims, others);
    assertThat(victims.isOwned()).isTrue();
    assertThat(others).isInstanceOf(OwnershipVerdict.NotOwned.class);
    assertThat(victims.figures().watermarkSuccessRate()).isGreaterThan(0.8);
    assertThat(others.figures().watermarkSuccessRate()).isLessThan(0.3);
    // Keys with the same autoencoder differ in alpha alone.
    assertThat(victims.figures().marks().get(0).decoys().shareOfEquivalentKeys()).isEqualTo(1);
  }

  private static OwnershipVerdict verify(
      MultiLayerNetwork network, OwnerKey key, TrainTest images) {
    return OwnershipVerifier.verify(
        SPEC, key, SuspectModel.of(network), images.test().iterator(64));
  }

  @Test
  void aKeyWithoutAnAutoencoderIsRefusedBeforeTheTraining() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProtectedModel.create(SPEC, BARE, SmallNetworks.convolutional(7)))
        .withMessageContaining("BlendingAutoencoder.train(data, key).addTo(key)");
  }
}
