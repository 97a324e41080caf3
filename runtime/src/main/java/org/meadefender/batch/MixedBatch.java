package org.meadefender.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.SampleShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A batch of task rows to which rows are appended. */
final class MixedBatch {
  private final MultiDataSet task;
  private final int marked;
  private final INDArray labels;
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
   * @param task any number of features; one array of labels {@code [n, classes]}
   * @param marked place of the input whose samples are combined; features of 2 to 4 dimensions
   * @throws IllegalArgumentException if there are more labels, or labels of another shape
   */
  MixedBatch(MultiDataSet task, int marked, RowIds ids) {
    this.task = task;
    this.marked = marked;
    this.ids = ids;
    this.labels = requireLabels(task.getLabels());
    this.classes = (int) labels.size(1);
    this.classOfRow = labels.argMax(1).toIntVector();
    this.idOfRow = new int[classOfRow.length];
    this.targetShareOfRow = new float[classOfRow.length];
    this.targetOfRow = new int[classOfRow.length];
    this.shape = SampleShape.of(task.getFeatures(marked).shape());
  }

  private static INDArray requireLabels(INDArray @Nullable [] all) {
    if (all != null && all.length > 1) {
      throw new IllegalArgumentException(
          "The batch has "
              + all.length
              + " arrays of labels; a watermark needs a network with a single output");
    }
    INDArray labels = all == null ? null : all[0];
    if (labels == null || labels.rank() != 2 || labels.size(1) < 3) {
      throw new IllegalArgumentException(
          "Labels of shape "
              + (labels == null ? "null" : Arrays.toString(labels.shape()))
              + " are not supported; expected class probabilities [n, classes], classes >= 3");
    }
    return labels;
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
    List<Sample.Part> inputs = new ArrayList<>();
    for (int input = 0; input < task.numFeatureArrays(); input++) {
      INDArray mask = task.getFeaturesMaskArray(input);
      inputs.add(
          new Sample.Part(
              values(task.getFeatures(input), row),
              mask == null ? new float[0] : values(mask, row)));
    }
    return new Sample(inputs, values(labels, row));
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

  /**
   * Appends a combination of two samples. Inputs that carry no mark are those of one of the two, by
   * chance, so that the mark does not come to depend on them.
   */
  void append(
      RowLabels.Mark mark,
      Sample a,
      Sample b,
      Combiner combiner,
      float[] probabilities,
      RandomGenerator random) {
    Sample.Part partA = a.inputs().get(marked);
    Sample.Part partB = b.inputs().get(marked);
    float[] values = combiner.combine(partA.values(), partB.values(), shape, random);
    List<Sample.Part> inputs =
        new ArrayList<>(a.inputs().size() == 1 || random.nextBoolean() ? a.inputs() : b.inputs());
    inputs.set(marked, new Sample.Part(values, union(partA.mask(), partB.mask())));
    appended.add(new Sample(inputs, probabilities));
    marks.add(mark);
  }

  /** The batch with all rows, task rows first and in their order. */
  MultiDataSet toMultiDataSet() {
    int inputs = task.numFeatureArrays();
    INDArray[] features = new INDArray[inputs];
    INDArray @Nullable [] featureMasks =
        task.getFeaturesMaskArrays() == null ? null : new INDArray[inputs];
    for (int i = 0; i < inputs; i++) {
      int input = i;
      features[i] = grow(task.getFeatures(i), sample -> sample.inputs().get(input).values());
      INDArray mask = task.getFeaturesMaskArray(i);
      if (featureMasks != null && mask != null) {
        featureMasks[i] = grow(mask, sample -> sample.inputs().get(input).mask());
      }
    }
    INDArray wide =
        RowLabels.widen(
            grow(coupledLabels(), Sample::probabilities), idOfRow, targetShareOfRow, marks);
    INDArray labelsMask = task.getLabelsMaskArray(0);
    return new org.nd4j.linalg.dataset.MultiDataSet(
        features,
        new INDArray[] {wide},
        featureMasks,
        labelsMask == null ? null : new INDArray[] {growWithOnes(labelsMask)});
  }

  private INDArray coupledLabels() {
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

  private INDArray grow(INDArray rows, Function<Sample, float[]> part) {
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
    if (HostMemory.isDirect()
        && rows.dataType() == DataType.FLOAT
        && rows.ordering() == 'c'
        && Shape.hasDefaultStridesForShape(rows)) {
      float[] values = new float[Math.toIntExact(rows.length() / rows.size(0))];
      try (FloatPointer all = new FloatPointer(rows.data().addressPointer())) {
        all.position((long) row * values.length).get(values);
      }
      return values;
    }
    // ND4J loses the data of a part of a part.
    INDArray whole = rows.isView() ? rows.dup() : rows;
    return whole.slice(row).castTo(DataType.FLOAT).dup('c').data().asFloat();
  }

  private static float[] union(float[] a, float[] b) {
    float[] union = a.clone();
    for (int i = 0; i < union.length; i++) {
      union[i] = Math.max(union[i], b[i]);
    }
    return union;
  }
}
