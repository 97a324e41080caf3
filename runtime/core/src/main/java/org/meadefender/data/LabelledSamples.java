package org.meadefender.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Samples in memory with their labels: true ones, or a model's answers.
 *
 * <p>Rows lie on the Java heap, so that they survive workspaces and can be shuffled one by one.
 * Selections share rows. Immutable.
 *
 * <pre>{@code
 * LabelledSamples samples = LabelledSamples.read(data).shuffled(1).take(1_000);
 * network.fit(samples.shuffledBatches(64, 1));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class LabelledSamples {
  private final long[] sampleShape;
  private final float[][] features;
  private final float[][] labels;

  private LabelledSamples(long[] sampleShape, float[][] features, float[][] labels) {
    this.sampleShape = sampleShape;
    this.features = features;
    this.labels = labels;
  }

  /** Reads a whole iterator; see {@link #read(DataSetIterator, int)}. */
  public static LabelledSamples read(DataSetIterator data) {
    return read(data, Integer.MAX_VALUE);
  }

  /**
   * Reads an iterator from its start.
   *
   * @param data batches of features {@code [n, …]} and labels {@code [n, classes]}
   * @param limit most rows to read, at least 1
   * @throws IllegalArgumentException if the limit is below 1, there is no row, or batches differ in
   *     shape
   */
  public static LabelledSamples read(DataSetIterator data, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit + "; it must be at least 1");
    }
    if (data.resetSupported()) {
      data.reset();
    }
    List<LabelledSamples> parts = new ArrayList<>();
    int rows = 0;
    while (rows < limit && data.hasNext()) {
      DataSet batch = data.next();
      LabelledSamples part = of(batch.getFeatures(), batch.getLabels()).take(limit - rows);
      parts.add(part);
      rows += part.size();
    }
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("The iterator has no rows; give it some, or reset it");
    }
    return join(parts);
  }

  /**
   * Copies rows.
   *
   * @param features samples, {@code [n, …]}
   * @param labels one row per sample, {@code [n, classes]}
   */
  public static LabelledSamples of(INDArray features, INDArray labels) {
    if (features.size(0) != labels.size(0) || labels.rank() != 2) {
      throw new IllegalArgumentException(
          "Features have the shape "
              + Arrays.toString(features.shape())
              + " and labels "
              + Arrays.toString(labels.shape())
              + "; expected [n, …] and [n, classes]");
    }
    long[] shape = features.shape();
    return new LabelledSamples(
        Arrays.copyOfRange(shape, 1, shape.length), rows(features), rows(labels));
  }

  /** All rows of some sets of the same shape, one set after the other. */
  public static LabelledSamples join(List<LabelledSamples> parts) {
    LabelledSamples first = parts.get(0);
    for (LabelledSamples part : parts) {
      if (!Arrays.equals(part.sampleShape, first.sampleShape) || part.width() != first.width()) {
        throw new IllegalArgumentException(
            "Data of the shapes " + first + " and " + part + " cannot be joined");
      }
    }
    return new LabelledSamples(
        first.sampleShape,
        parts.stream().flatMap(p -> Arrays.stream(p.features)).toArray(float[][]::new),
        parts.stream().flatMap(p -> Arrays.stream(p.labels)).toArray(float[][]::new));
  }

  /** Number of rows. */
  public int size() {
    return features.length;
  }

  /** Columns of the labels: the number of classes, where the labels are classes. */
  public int width() {
    return labels[0].length;
  }

  /** The shape of one sample, without the row axis. */
  public long[] sampleShape() {
    return sampleShape.clone();
  }

  /** Samples from one row to before another, {@code [to − from, …]}. */
  public INDArray features(int from, int to) {
    return array(features, from, to, sampleShape);
  }

  /** The values of one sample; not to be changed. */
  public float[] row(int index) {
    return features[index];
  }

  /** Labels from one row to before another, {@code [to − from, width]}. */
  public INDArray labels(int from, int to) {
    return array(labels, from, to, width());
  }

  /** Index of the largest label of a row. */
  public int topClass(int row) {
    float[] label = labels[row];
    int top = 0;
    for (int c = 1; c < label.length; c++) {
      top = label[c] > label[top] ? c : top;
    }
    return top;
  }

  /** The rows with the given indices, in that order. */
  public LabelledSamples select(int[] indices) {
    float[][] someFeatures = new float[indices.length][];
    float[][] someLabels = new float[indices.length][];
    for (int i = 0; i < indices.length; i++) {
      someFeatures[i] = features[indices[i]];
      someLabels[i] = labels[indices[i]];
    }
    return new LabelledSamples(sampleShape, someFeatures, someLabels);
  }

  /** The first rows, at most {@code limit} of them. */
  public LabelledSamples take(int limit) {
    return limit >= size() ? this : select(IntStream.range(0, limit).toArray());
  }

  /** The same rows in a random order. */
  public LabelledSamples shuffled(long seed) {
    return select(permutation(size(), seed));
  }

  /** The indices of the rows whose largest label is that class. */
  public int[] rowsOfClass(int label) {
    return IntStream.range(0, size()).filter(i -> topClass(i) == label).toArray();
  }

  /**
   * The same samples with other labels.
   *
   * @param newLabels {@code [size, width]}
   */
  public LabelledSamples withLabels(INDArray newLabels) {
    if (newLabels.rank() != 2 || newLabels.size(0) != size()) {
      throw new IllegalArgumentException(
          "New labels have the shape "
              + Arrays.toString(newLabels.shape())
              + "; expected ["
              + size()
              + ", width]");
    }
    return new LabelledSamples(sampleShape, features, rows(newLabels));
  }

  /** The same samples with one-hot labels. */
  public LabelledSamples withClasses(int[] labelOfRow, int classes) {
    float[][] oneHot = new float[size()][classes];
    for (int i = 0; i < size(); i++) {
      oneHot[i][labelOfRow[i]] = 1;
    }
    return new LabelledSamples(sampleShape, features, oneHot);
  }

  /** The same labels with changed samples; the change must return a new array. */
  public LabelledSamples mapFeatures(UnaryOperator<float[]> change) {
    return new LabelledSamples(
        sampleShape, Arrays.stream(features).map(change).toArray(float[][]::new), labels);
  }

  /** Each label row reduced to its largest entry, as a one-hot row. */
  public LabelledSamples argmaxed() {
    return withClasses(IntStream.range(0, size()).map(this::topClass).toArray(), width());
  }

  /** Batches in an order that each {@code reset} changes, the same for the same seed. */
  public DataSetIterator shuffledBatches(int batch, long seed) {
    return new LabelledSamplesIterator(this, batch, seed);
  }

  DataSet rows(int[] indices) {
    LabelledSamples some = select(indices);
    return new DataSet(some.features(0, some.size()), some.labels(0, some.size()));
  }

  static int[] permutation(int size, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private static INDArray array(float[][] rows, int from, int to, long... rowShape) {
    int length = Math.toIntExact(Arrays.stream(rowShape).reduce(1, (a, b) -> a * b));
    float[] values = new float[(to - from) * length];
    for (int i = from; i < to; i++) {
      System.arraycopy(rows[i], 0, values, (i - from) * length, length);
    }
    long[] shape = new long[rowShape.length + 1];
    shape[0] = (long) to - from;
    System.arraycopy(rowShape, 0, shape, 1, rowShape.length);
    return Nd4j.createFromArray(values).reshape(shape);
  }

  private static float[][] rows(INDArray array) {
    int n = Math.toIntExact(array.size(0));
    int length = Math.toIntExact(array.length() / n);
    float[] values = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
    float[][] rows = new float[n][];
    for (int i = 0; i < n; i++) {
      rows[i] = Arrays.copyOfRange(values, i * length, (i + 1) * length);
    }
    return rows;
  }

  /** Number of rows and their shapes. */
  @Override
  public String toString() {
    return size() + " rows " + Arrays.toString(sampleShape) + " → " + width();
  }
}
