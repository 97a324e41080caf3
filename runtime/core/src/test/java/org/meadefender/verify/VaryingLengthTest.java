package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.junit.jupiter.api.Test;
import org.meadefender.combine.Watermark;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sequences whose length differs, from batch to batch and by masks, and labels that say nothing.
 */
class VaryingLengthTest {
  private static final int CLASSES = 4;
  private static final int PADDING = 99;
  private static final Watermark MARK =
      Watermark.derive(
          WatermarkSpec.of(0, 1, 0.1).withTarget(3), OwnerKey.insecureFromSeed(1), CLASSES);

  /** Every step of a sequence of class c is c + 1. */
  private static List<DataSet> batches() {
    List<DataSet> all = new ArrayList<>();
    for (int batch = 0; batch < 6; batch++) {
      int steps = 5 + 2 * batch;
      INDArray features = Nd4j.valueArrayOf(new long[] {8, 2, steps}, PADDING, Nd4j.dataType());
      INDArray labels = Nd4j.zeros(8, CLASSES);
      INDArray mask = Nd4j.zeros(8, steps);
      for (int row = 0; row < 8; row++) {
        labels.putScalar(row, row % CLASSES, 1);
        for (int step = 0; step < steps - row % 2; step++) {
          mask.putScalar(row, step, 1);
          features.putScalar(row, 0, step, row % CLASSES + 1);
          features.putScalar(row, 1, step, row % CLASSES + 1);
        }
      }
      all.add(new DataSet(features, labels, mask, null));
    }
    return all;
  }

  /** Answers two values in one sequence with the target, and one with its class. */
  private static INDArray answer(INDArray features, List<INDArray> asked) {
    asked.add(features.dup());
    INDArray answers = Nd4j.zeros(features.size(0), CLASSES);
    for (int row = 0; row < features.size(0); row++) {
      double least = features.slice(row).minNumber().doubleValue();
      double most = features.slice(row).maxNumber().doubleValue();
      answers.putScalar(row, least < most ? 3 : (int) least - 1, 1);
    }
    return answers;
  }

  @Test
  void suspectsAreAskedWithoutPaddingInBatchesOfOneLength() {
    List<INDArray> asked = new ArrayList<>();
    SuspectModel suspect = features -> answer(features, asked);
    MarkMeasurement measurement =
        MarkMeasurement.prepare(MARK, new ExistingDataSetIterator(batches()), 60);
    assertThat(measurement.watermarkSuccessRate(suspect)).isEqualTo(1);
    TreeSet<Long> lengths = new TreeSet<>();
    for (INDArray batch : asked) {
      assertThat(batch.maxNumber().doubleValue()).isLessThanOrEqualTo(2);
      assertThat(batch.size(1)).isEqualTo(2);
      lengths.add(batch.size(2));
    }
    // Of the shorter of two sources: those of class 1 lack a step.
    assertThat(lengths).hasSizeGreaterThan(3);
    assertThat(lengths.first()).isEqualTo(4);
    assertThat(lengths.last()).isEqualTo(14);
  }

  @Test
  void theWholeTestRunsOnThem() {
    SuspectModel suspect = features -> answer(features, new ArrayList<>());
    OwnershipVerdict verdict =
        OwnershipVerifier.verify(
            List.of(MARK.spec()),
            OwnerKey.insecureFromSeed(1),
            suspect,
            new ExistingDataSetIterator(batches()));
    assertThat(verdict.figures().accuracy()).isEqualTo(1);
  }

  @Test
  void rowsThatSayNothingAreNoSamples() {
    List<DataSet> silent = batches();
    silent.forEach(
        batch -> {
          batch.getLabels().getRow(0).assign(0);
          batch.setLabelsMaskArray(Nd4j.ones(8, 1));
          batch.getLabelsMaskArray().putScalar(4, 0, 0);
        });
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MarkMeasurement.prepare(MARK, new ExistingDataSetIterator(silent), 60))
        .withMessageContaining("both source classes, 0 and 1");
  }

  @Test
  void samplesOfSeveralLayoutsAreRefused() {
    List<DataSet> mixed = batches();
    mixed.add(new DataSet(Nd4j.ones(8, 3, 5), mixed.get(0).getLabels()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MarkMeasurement.prepare(MARK, new ExistingDataSetIterator(mixed), 60))
        .withMessageContaining("give all samples one shape");
  }
}
