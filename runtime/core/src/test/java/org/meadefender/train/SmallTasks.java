package org.meadefender.train;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Data that networks learn in no time. */
public final class SmallTasks {
  private SmallTasks() {}

  /** Class k shows in the features k and k + 4, so that a cut between them is visible. */
  public static DataSetIterator vectors() {
    java.util.Random random = new java.util.Random(1);
    List<DataSet> rows = new ArrayList<>();
    for (int i = 0; i < 96; i++) {
      double[] values = new double[8];
      for (int j = 0; j < values.length; j++) {
        values[j] = random.nextGaussian() * 0.2 + (j % 4 == i % 3 ? 1 : 0);
      }
      double[] label = new double[3];
      label[i % 3] = 1;
      rows.add(
          new DataSet(
              Nd4j.createFromArray(new double[][] {values}).castTo(Nd4j.dataType()),
              Nd4j.createFromArray(new double[][] {label}).castTo(Nd4j.dataType())));
    }
    return new ListDataSetIterator<>(rows, 16);
  }

  /** The same numbers in five time steps, of which every other row has only three. */
  public static List<DataSet> sequences() {
    List<DataSet> result = new ArrayList<>();
    vectors()
        .forEachRemaining(
            batch -> {
              INDArray features = batch.getFeatures();
              long n = features.size(0);
              INDArray mask = Nd4j.ones(n, 5);
              for (int row = 0; row < n; row += 2) {
                mask.putScalar(row, 3, 0);
                mask.putScalar(row, 4, 0);
              }
              result.add(
                  new DataSet(
                      features.reshape(n, 8, 1).repeat(2, 5), batch.getLabels(), mask, null));
            });
    return result;
  }
}
