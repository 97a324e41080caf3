package org.meadefender.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Batches for {@link SmallNetworks#dense}, prefetched as readers of files are. */
final class FaultyData extends ExistingDataSetIterator {
  private static final long serialVersionUID = 1L;
  private static final int BATCHES = 12;
  private static final int ROWS = 24;

  private final int faultyBatch;
  private int batches;

  private FaultyData(List<DataSet> batches, int faultyBatch) {
    super(batches);
    this.faultyBatch = faultyBatch;
  }

  @Override
  public boolean asyncSupported() {
    return true;
  }

  @Override
  public DataSet next() {
    batches++;
    if (batches == faultyBatch) {
      throw new IllegalStateException("image 7 cannot be read");
    }
    return super.next();
  }

  @Override
  public void reset() {
    super.reset();
  }

  /** Batches that train well; class c raises the features c, c + 3 and c + 6. */
  static List<DataSet> batches() {
    Random random = new Random(1);
    List<DataSet> all = new ArrayList<>();
    for (int batch = 0; batch < BATCHES; batch++) {
      float[][] features = new float[ROWS][8];
      float[][] labels = new float[ROWS][3];
      for (int row = 0; row < ROWS; row++) {
        labels[row][row % 3] = 1;
        for (int i = 0; i < 8; i++) {
          features[row][i] = (float) (0.2 * random.nextGaussian() + (i % 3 == row % 3 ? 1 : 0));
        }
      }
      all.add(new DataSet(Nd4j.createFromArray(features), Nd4j.createFromArray(labels)));
    }
    return all;
  }

  static FaultyData sound() {
    return new FaultyData(batches(), Integer.MAX_VALUE);
  }

  /** Throws at one batch of all that are read, whatever resets there are. */
  static FaultyData unreadableAt(int batch) {
    return new FaultyData(batches(), batch);
  }

  /** All batches with the same labels. */
  static FaultyData labelled(INDArray labels) {
    List<DataSet> all = batches();
    all.forEach(batch -> batch.setLabels(labels.dup()));
    return new FaultyData(all, Integer.MAX_VALUE);
  }

  static int rows() {
    return ROWS;
  }
}
