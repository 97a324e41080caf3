package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.verify.VerificationOptions;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;

/** An owner's file with the normalizer that the network was trained with, as users save it. */
class NormalizerInFileTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC = List.of(WatermarkSpec.of(0, 1, 0.2));
  private static final TrainTest IMAGES = ImageSets.drawn(150, 60, 1);

  /** Pixels as bytes, as they are before the scaler. */
  private static DataSetIterator raw(DataSetIterator scaled) {
    scaled.setPreProcessor(batch -> batch.getFeatures().muli(255));
    return scaled;
  }

  @Test
  void theOwnersOwnFileShowsItsMarkByRawSamplesAndByNormalisedOnes(@TempDir Path directory) {
    ImagePreProcessingScaler scaler = new ImagePreProcessingScaler();
    DataSetIterator training = IMAGES.train().shuffledIterator(32, 1);
    training.setPreProcessor(
        batch -> {
          batch.getFeatures().muli(255);
          scaler.preProcess(batch);
        });
    var model = ProtectedModel.create(SPEC, KEY, SmallNetworks.flat(7));
    model.fit(training, 12);
    Path file = directory.resolve("model.zip");
    model.release(file);
    ModelSerializer.addNormalizerToModel(file.toFile(), scaler);

    // What is asked does not depend on a panel.
    OwnershipVerifier verifier =
        OwnershipVerifier.of(SPEC, KEY).withOptions(VerificationOptions.DEFAULT.withoutPanel());
    OwnershipVerdict byRaw =
        verifier.verify(SuspectModel.load(file), raw(IMAGES.test().iterator(100)));
    assertThat(byRaw.figures().watermarkSuccessRate()).as(byRaw.toString()).isGreaterThan(0.9);
    assertThat(byRaw.figures().accuracy()).isGreaterThan(0.7);
    assertThat(byRaw.toString()).contains("asked through the normalizer in its file");
    OwnershipVerdict byNormalised =
        verifier.verify(SuspectModel.load(file), IMAGES.test().iterator(100));
    assertThat(byNormalised.figures().watermarkSuccessRate()).isGreaterThan(0.9);
    assertThat(byNormalised.toString()).contains("is not used: clean samples are answered better");
  }
}
