package org.meadefender.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.FloatPointer;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.SampleShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A batch of task rows to which rows are appended. */
final class MixedBatch {
  private final DataSet task;
  private final int[] classOfRow;
  private final int[] idOfRow;
  private final int classes;
  private final SampleShape shape;
  private final RowIds ids;
  private final float[] targetShareOfRow;
  private final int[] targetOfRow;
  private final List<Sample> appended = new ArrayList<>();
  private final List<RowLabels.Mark> marks = new ArrayList<>();

  /**
   * Starts from a batch of task rows.
   *
   * @param task features of 2 to 4 dimensions, labels {@code [n, classes]}
   * @throws IllegalArgumentException if the labels have another shape
   */
  MixedBatch(DataSet task, RowIds ids) {
    INDArray labels = task.getLabels();
    if (labels == null || labels.rank() != 2 || labels.size(1) < 3) {
      throw new IllegalArgumentException(
          "Labels of shape "
              + (labels == null ? "null" : Arrays.toString(labels.shape()))
              + " are not supported; expected class probabilities [n, classes], classes >= 3");
    }
    this.task = task;
    this.ids = ids;
    this.classes = (int) labels.size(1);
    this.classOfRow = labels.argMax(1).toIntVector();
    this.idOfRow = new int[classOfRow.length];
    this.targetShareOfRow = new float[classOfRow.length];
    this.targetOfRow = new int[classOfRow.length];
    this.shape = SampleShape.of(task.getFeatures().shape());
  }

  int taskRows() {
    return classOfRow.length;
  }

  int classOf(int row) {
    return classOfRow[row];
  }

  int classes() {
    return classes;
  }

  /** Copies a task row, out of any workspace. */
  Sample sample(int row) {
    return new Sample(
        values(task.getFeatures(), row),
        task.getFeaturesMaskArray() == null
            ? new float[0]
            : values(task.getFeaturesMaskArray(), row),
        values(task.getLabels(), row));
  }

  /** Gives a task row's label a share of another class; the rest of the label shrinks. */
  void couple(int row, int target, double share) {
    targetOfRow[row] = target;
    targetShareOfRow[row] = (float) share;
  }

  /** The id of a task row, given when it is first asked for. */
  int idOf(int row) {
    if (idOfRow[row] == 0) {
      idOfRow[row] = ids.next();
    }
    return idOfRow[row];
  }

  /** Appends a sample that watermark rows refer to, and returns its id. */
  int appendSource(Sample sample) {
    int id = ids.next();
    appended.add(sample);
    marks.add(new RowLabels.Mark(RowRole.SOURCE, id, 0));
    return id;
  }

  /** Appends a combination of two samples. */
  void append(
      RowLabels.Mark mark,
      Sample a,
      Sample b,
      Combiner combiner,
      float[] probabilities,
      RandomGenerator random) {
    float[] values = combiner.combine(a.values(), b.values(), shape, random);
    appended.add(new Sample(values, union(a.mask(), b.mask()), probabilities));
    marks.add(mark);
  }

  /** The batch with all rows, task rows first and in their order. */
  DataSet toDataSet() {
    INDArray features = grow(task.getFeatures(), Sample::values);
    INDArray featuresMask = task.getFeaturesMaskArray();
    INDArray labelsMask = task.getLabelsMaskArray();
    DataSet mixed =
        new DataSet(
            features,
            RowLabels.widen(
                grow(coupledLabels(), Sample::probabilities), idOfRow, targetShareOfRow, marks),
            featuresMask == null ? null : grow(featuresMask, Sample::mask),
            labelsMask == null ? null : growWithOnes(labelsMask));
    mixed.setLabelNames(task.getLabelNamesList());
    return mixed;
  }

  private INDArray coupledLabels() {
    INDArray labels = task.getLabels();
    INDArray result = labels;
    for (int row = 0; row < taskRows(); row++) {
      float share = targetShareOfRow[row];
      if (share > 0) {
        result = result == labels ? labels.dup() : result;
        result.getRow(row).muli(1 - share);
        int target = targetOfRow[row];
        result.putScalar(row, target, result.getFloat(row, target) + share);
      }
    }
    return result;
  }

  private INDArray grow(INDArray rows, java.util.function.Function<Sample, float[]> part) {
    if (appended.isEmpty()) {
      return rows;
    }
    long[] extraShape = rows.shape().clone();
    extraShape[0] = appended.size();
    int length = (int) (rows.length() / rows.size(0));
    float[] extra = new float[appended.size() * length];
    for (int i = 0; i < appended.size(); i++) {
      System.arraycopy(part.apply(appended.get(i)), 0, extra, i * length, length);
    }
    return concat(rows, Nd4j.createFromArray(extra).reshape(extraShape));
  }

  private INDArray growWithOnes(INDArray mask) {
    if (appended.isEmpty()) {
      return mask;
    }
    long[] extraShape = mask.shape().clone();
    extraShape[0] = appended.size();
    return concat(mask, Nd4j.ones(DataType.FLOAT, extraShape));
  }

  private static INDArray concat(INDArray rows, INDArray extra) {
    INDArray fitting = extra.castTo(rows.dataType());
    INDArray all = Nd4j.concat(0, rows, fitting);
    // The collector sees how small the handles are, not the native memory behind them.
    for (INDArray done : List.of(extra, fitting)) {
      if (done.closeable()) {
        done.close();
      }
    }
    return all;
  }

  private static float[] values(INDArray rows, int row) {
    if (rows.dataType() == DataType.FLOAT
        && rows.ordering() == 'c'
        && Shape.hasDefaultStridesForShape(rows)) {
      float[] values = new float[Math.toIntExact(rows.length() / rows.size(0))];
      try (FloatPointer all = new FloatPointer(rows.data().addressPointer())) {
        all.position((long) row * values.length).get(values);
      }
      return values;
    }
    return rows.slice(row).castTo(DataType.FLOAT).dup('c').data().asFloat();
  }

  private static float[] union(float[] a, float[] b) {
    float[] union = a.clone();
    for (int i = 0; i < union.length; i++) {
      union[i] = Math.max(union[i], b[i]);
    }
    return union;
  }
}
