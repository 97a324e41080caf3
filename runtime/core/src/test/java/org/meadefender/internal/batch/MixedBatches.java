package org.meadefender.internal.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Small batches of four classes, their mark, and what is in them once they are mixed. */
final class MixedBatches {
  static final int CLASSES = 4;
  static final WatermarkSpec SPEC = WatermarkSpec.of(0, 1, 0.25).withTarget(3);

  static Watermark watermark(WatermarkSpec spec) {
    return Watermark.derive(spec, OwnerKey.insecureFromSeed(1), CLASSES);
  }

  /** Two-channel 4 × 4 images whose every value is their number + 1. */
  static DataSet batch(int firstNumber, int... classes) {
    INDArray features = Nd4j.create(classes.length, 2, 4, 4);
    INDArray labels = Nd4j.zeros(classes.length, CLASSES);
    for (int i = 0; i < classes.length; i++) {
      features.slice(i).assign(firstNumber + i + 1);
      labels.putScalar(i, classes[i], 1);
    }
    return new DataSet(features, labels);
  }

  static WatermarkedDataSetIterator iterator(WatermarkSpec spec, DataSet... batches) {
    List<DataSet> copies = Stream.of(batches).map(DataSet::copy).toList();
    return new WatermarkedDataSetIterator(
        new ExistingDataSetIterator(copies), List.of(watermark(spec)), RowRecipe.PAPER);
  }

  static int role(DataSet set, int row) {
    return set.getLabels().getInt(row, CLASSES);
  }

  static List<Integer> rowsOf(DataSet set, RowRole role) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < set.numExamples(); row++) {
      if (RowRole.of(role(set, row)) == role) {
        rows.add(row);
      }
    }
    return rows;
  }

  private MixedBatches() {}
}
