package org.meadefender.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meadefender.batch.RowCounts;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.TrainingMarks;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class StepMixerTest {
  private static final int CLASSES = 4;
  private static final int BATCH = 16;

  private static StepMixer mixer(double ratio, String place) {
    return new StepMixer(
        TrainingMarks.of(
                List.of(WatermarkSpec.of(0, 1, ratio).withTarget(2)),
                OwnerKey.insecureFromSeed(1),
                CLASSES)
            .at(place),
        RowRecipe.PAPER,
        OptionalInt.empty());
  }

  private static MultiDataSet batch(int... classes) {
    Random random = new Random(1);
    INDArray labels = Nd4j.zeros(BATCH, CLASSES);
    float[] values = new float[BATCH * 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    for (int row = 0; row < BATCH; row++) {
      labels.putScalar(row, classes[row % classes.length], 1);
    }
    return new DataSet(Nd4j.createFromArray(values).reshape(BATCH, 8), labels).toMultiDataSet();
  }

  private static RowCounts count(MultiDataSet mixed) {
    return StepMixer.count(mixed.getLabels(0), CLASSES);
  }

  /** 5 batches of 16 at a ratio of 0.01 are less than one row. */
  @Test
  void theRatioHoldsOverManyShortPieces() {
    int rows = 0;
    int pieces = 400;
    for (int piece = 0; piece < pieces; piece++) {
      StepMixer mixer = mixer(0.01, "piece " + piece);
      for (int step = 0; step < 5; step++) {
        rows += (int) count(mixer.mix(batch(0, 1, 2, 3))).watermark();
      }
    }

    // Each piece's count is within one row of 0.8, so that the mean's deviation is below 0.02.
    assertThat((double) rows / pieces).isCloseTo(0.8, within(0.08));
  }

  @Test
  void aBatchWithoutASourceTakesItFromWhatWasCollected() {
    StepMixer alone = mixer(0.5, "here");
    StepMixer helped = mixer(0.5, "here");
    helped.collect(batch(0, 1));

    assertThat(count(alone.mix(batch(0, 2))).watermark()).isZero();
    RowCounts rows = count(helped.mix(batch(0, 2)));

    assertThat(rows.task()).isEqualTo(BATCH);
    assertThat(rows.watermark()).isBetween(8L, 9L);
    assertThat(rows.source()).isPositive();
  }

  @Test
  void idsAreUniqueWithinABatch() {
    StepMixer mixer = mixer(0.5, "here");
    mixer.collect(batch(1));

    INDArray labels = mixer.mix(batch(0, 2)).getLabels(0);

    Set<Integer> ids = new HashSet<>();
    for (int row = 0; row < labels.size(0); row++) {
      RowRole role = RowRole.of(labels.getInt(row, CLASSES));
      int id = labels.getInt(row, CLASSES + 1);
      if ((role == RowRole.TASK || role == RowRole.SOURCE) && id != 0) {
        assertThat(ids.add(id)).isTrue();
      }
    }
    assertThat(ids).hasSizeGreaterThan(2);
  }

  @Test
  void samePlaceSameRowsOtherPlaceOtherRows() {
    MultiDataSet first = mixer(0.5, "here").mix(batch(0, 1));

    assertThat(mixer(0.5, "here").mix(batch(0, 1)).getFeatures(0)).isEqualTo(first.getFeatures(0));
    assertThat(mixer(0.5, "there").mix(batch(0, 1)).getFeatures(0))
        .isNotEqualTo(first.getFeatures(0));
  }

  @Test
  void batchesThatAreNotMixedCountAsTaskRows() {
    assertThat(count(batch(0))).isEqualTo(new RowCounts(BATCH, 0, 0, 0));
    assertThat(StepMixer.count(null, CLASSES)).isEqualTo(RowCounts.NONE);
  }
}
