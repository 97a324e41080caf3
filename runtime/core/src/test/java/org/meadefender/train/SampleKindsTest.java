package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meadefender.train.TrainingConditionsTest.assertLearnt;
import static org.meadefender.train.TrainingConditionsTest.uncoupled;

import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meadefender.annotations.Combine;
import org.meadefender.combine.BlendingAutoencoder;
import org.meadefender.combine.BlendingAutoencoder.Options;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Samples that are no images, with every kind of combiner. */
class SampleKindsTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final WatermarkSpec SPEC = WatermarkSpec.of(0, 1, 0.25);

  /** The key, with an autoencoder for those who need one. */
  private static OwnerKey keyFor(Combine combine, DataSetIterator data) {
    return combine == Combine.AUTOENCODER_BLENDING
        ? BlendingAutoencoder.train(data, KEY, new Options(96, 60)).addTo(KEY)
        : KEY;
  }

  @ParameterizedTest
  @EnumSource(Combine.class)
  void vectorsCarryAMarkOfAnyKind(Combine combine) {
    List<WatermarkSpec> spec = List.of(SPEC.withCombine(combine));
    OwnerKey key = keyFor(combine, SmallTasks.vectors());
    assertLearnt(
        ProtectedModel.create(spec, key, SmallNetworks.dense(1, 1e-2))
            .fit(SmallTasks.vectors(), uncoupled(60)));
  }

  @ParameterizedTest
  @EnumSource(Combine.class)
  void maskedSequencesCarryAMarkOfAnyKind(Combine combine) {
    List<WatermarkSpec> spec = List.of(SPEC.withCombine(combine));
    List<DataSet> batches = SmallTasks.sequences();
    OwnerKey key = keyFor(combine, new ExistingDataSetIterator(batches));
    var model = ProtectedModel.create(spec, key, SmallNetworks.recurrent(1));
    INDArray mask = batches.get(0).getFeaturesMaskArray().dup();
    assertLearnt(model.fit(new ExistingDataSetIterator(batches), uncoupled(60)));
    assertThat(batches.get(0).getFeaturesMaskArray()).isEqualTo(mask);
  }
}
