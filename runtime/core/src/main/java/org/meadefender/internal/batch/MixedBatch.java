package org.meadefender.internal.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A batch of task rows to which rows are appended. */
final class MixedBatch {
  private final MultiDataSet task;
  private final int marked;
  private final List<BatchSamples> inputs = new ArrayList<>();
  private final LabelRows labels;
  private final int classes;
  private final int[] idOfRow;
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
   * @param classes of the network
   * @throws IllegalArgumentException if there are more labels, or labels of another shape
   */
  MixedBatch(MultiDataSet task, int marked, RowIds ids, int classes) {
    this.task = task;
    this.marked = marked;
    this.ids = ids;
    this.classes = classes;
    INDArray @Nullable [] all = task.getLabels();
    if (all != null && all.length > 1) {
      throw new IllegalArgumentException(
          "The batch has "
              + all.length
              + " arrays of labels; a watermark needs a network with a single output");
    }
    this.labels = LabelRows.of(all == null ? null : all[0], task.getLabelsMaskArray(0), classes);
    for (int input = 0; input < task.numFeatureArrays(); input++) {
      inputs.add(new BatchSamples(task.getFeatures(input), task.getFeaturesMaskArray(input)));
    }
    this.idOfRow = new int[labels.size()];
    this.targetShareOfRow = new float[labels.size()];
    this.targetOfRow = new int[labels.size()];
  }

  int taskRows() {
    return labels.size();
  }

  /** The class of a task row; {@link LabelRows#NOBODY} if it has none, or shows nothing. */
  int classOf(int row) {
    return inputs.get(marked).steps(row) == 0 ? LabelRows.NOBODY : labels.classOf(row);
  }

  int classes() {
    return classes;
  }

  /** Copies a task row, out of any workspace. */
  Sample sample(int row) {
    List<Sample.Part> parts = new ArrayList<>();
    for (int input = 0; input < inputs.size(); input++) {
      INDArray mask = task.getFeaturesMaskArray(input);
      parts.add(
          new Sample.Part(
              inputs.get(input).get(row),
              mask == null || inputs.get(input).sequences()
                  ? new float[0]
                  : mask.slice(row).castTo(DataType.FLOAT).dup('c').data().asFloat()));
    }
    return new Sample(
        parts, labels.probabilities().getRow(row).castTo(DataType.FLOAT).dup('c').data().asFloat());
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

  /** What a sample gives to the input that carries the mark. */
  SampleValues marked(Sample sample) {
    return sample.inputs().get(marked).sample();
  }

  /**
   * Appends a combination of two samples. Inputs that carry no mark are those of one of the two, by
   * chance, so that the mark does not come to depend on them.
   */
  void append(
      RowLabels.Mark mark,
      Sample a,
      Sample b,
      SampleValues combined,
      float[] probabilities,
      RandomGenerator random) {
    float[] mask = union(a.inputs().get(marked).mask(), b.inputs().get(marked).mask());
    List<Sample.Part> parts =
        new ArrayList<>(a.inputs().size() == 1 || random.nextBoolean() ? a.inputs() : b.inputs());
    parts.set(marked, new Sample.Part(combined, mask));
    appended.add(new Sample(parts, probabilities));
    marks.add(mark);
  }

  /** The batch with all rows, task rows first and in their order. */
  MultiDataSet toMultiDataSet() {
    INDArray[] features = new INDArray[inputs.size()];
    @Nullable INDArray[] featureMasks = new INDArray[inputs.size()];
    boolean masked = false;
    for (int i = 0; i < features.length; i++) {
      int input = i;
      InputRows rows =
          InputRows.grow(
              new InputRows(task.getFeatures(i), task.getFeaturesMaskArray(i)),
              inputs.get(i),
              appended.stream().map(sample -> sample.inputs().get(input)).toList());
      features[i] = rows.features();
      featureMasks[i] = rows.mask();
      masked |= rows.mask() != null;
    }
    INDArray wide = RowLabels.widen(grownLabels(), idOfRow, targetShareOfRow, marks);
    INDArray labelsMask = task.getLabelsMaskArray(0);
    return new org.nd4j.linalg.dataset.MultiDataSet(
        features,
        new INDArray[] {wide},
        masked ? featureMasks : null,
        labelsMask == null ? null : new INDArray[] {grownWithOnes(labelsMask)});
  }

  private INDArray grownLabels() {
    INDArray result = labels.probabilities();
    for (int row = 0; row < taskRows(); row++) {
      float share = targetShareOfRow[row];
      if (share > 0) {
        result = result == labels.probabilities() ? result.dup() : result;
        result.getRow(row).muli(1 - share);
        int target = targetOfRow[row];
        result.putScalar(row, target, result.getFloat(row, target) + share);
      }
    }
    if (appended.isEmpty()) {
      return result;
    }
    float[][] extra = appended.stream().map(Sample::probabilities).toArray(float[][]::new);
    return RowArrays.concat(result, Nd4j.createFromArray(extra));
  }

  private INDArray grownWithOnes(INDArray mask) {
    if (appended.isEmpty()) {
      return mask;
    }
    long[] extraShape = mask.shape().clone();
    extraShape[0] = appended.size();
    return RowArrays.concat(mask, Nd4j.ones(DataType.FLOAT, extraShape));
  }

  private static float[] union(float[] a, float[] b) {
    if (a.length == 0 || b.length == 0) {
      return new float[0];
    }
    float[] union = a.clone();
    for (int i = 0; i < union.length; i++) {
      union[i] = Math.max(union[i], b[i]);
    }
    return union;
  }
}
