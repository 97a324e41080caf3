package org.meadefender.spark;

import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingHook;
import org.jspecify.annotations.Nullable;
import org.meadefender.internal.batch.StepMixer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;

/**
 * Teaches the mark in the steps that Deeplearning4j's workers make, after they have cut the data
 * into minibatches: a row that is mixed before may lose its sources, or is not trained on at all.
 *
 * <p>A training master's JSON shows nothing of it.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.NONE)
final class MarkingHook implements TrainingHook {
  private static final long serialVersionUID = 1L;

  private final MarkedSteps steps;
  private final RowTotals totals;
  private transient @Nullable MarkedTask task;
  private transient @Nullable Runnable restore;

  MarkingHook(MarkedSteps steps, RowTotals totals) {
    this.steps = steps;
    this.totals = totals;
  }

  @Override
  public void preUpdate(DataSet minibatch, Model model) {
    INDArray features = minibatch.getFeatures();
    INDArray labels = minibatch.getLabels();
    INDArray featuresMask = minibatch.getFeaturesMaskArray();
    INDArray labelsMask = minibatch.getLabelsMaskArray();
    MultiDataSet mixed = begin(minibatch.toMultiDataSet(), model);
    restore = () -> set(minibatch, features, labels, featuresMask, labelsMask);
    set(
        minibatch,
        mixed.getFeatures(0),
        mixed.getLabels(0),
        mixed.getFeaturesMaskArray(0),
        mixed.getLabelsMaskArray(0));
  }

  private static void set(
      DataSet minibatch,
      INDArray features,
      INDArray labels,
      @Nullable INDArray featuresMask,
      @Nullable INDArray labelsMask) {
    minibatch.setFeatures(features);
    minibatch.setLabels(labels);
    minibatch.setFeaturesMaskArray(featuresMask);
    minibatch.setLabelsMaskArray(labelsMask);
  }

  @Override
  public void preUpdate(MultiDataSet minibatch, Model model) {
    INDArray[] features = minibatch.getFeatures();
    INDArray[] labels = minibatch.getLabels();
    INDArray[] featuresMasks = minibatch.getFeaturesMaskArrays();
    INDArray[] labelsMasks = minibatch.getLabelsMaskArrays();
    MultiDataSet mixed = begin(minibatch, model);
    INDArray[] mixedFeatures = mixed.getFeatures();
    INDArray[] mixedLabels = mixed.getLabels();
    restore = () -> set(minibatch, features, labels, featuresMasks, labelsMasks);
    set(
        minibatch,
        mixedFeatures,
        mixedLabels,
        mixed.getFeaturesMaskArrays(),
        mixed.getLabelsMaskArrays());
  }

  private static void set(
      MultiDataSet minibatch,
      INDArray[] features,
      INDArray[] labels,
      INDArray @Nullable [] featuresMasks,
      INDArray @Nullable [] labelsMasks) {
    minibatch.setFeatures(features);
    minibatch.setLabels(labels);
    minibatch.setFeaturesMaskArrays(featuresMasks);
    minibatch.setLabelsMaskArray(labelsMasks);
  }

  private MultiDataSet begin(MultiDataSet minibatch, Model model) {
    if (task == null || !task.isOf(model)) {
      task = new MarkedTask(steps, model);
      // A step that fails has no postUpdate, and the minibatch may be one that Spark keeps.
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> end());
    }
    MultiDataSet mixed = task.before(minibatch);
    totals.add(StepMixer.count(mixed.getLabels(0), (int) minibatch.getLabels(0).size(1)));
    return mixed;
  }

  @Override
  public void postUpdate(DataSet minibatch, Model model) {
    end();
  }

  @Override
  public void postUpdate(MultiDataSet minibatch, Model model) {
    end();
  }

  private void end() {
    Optional.ofNullable(task).ifPresent(MarkedTask::after);
    Optional.ofNullable(restore).ifPresent(Runnable::run);
    restore = null;
  }
}
