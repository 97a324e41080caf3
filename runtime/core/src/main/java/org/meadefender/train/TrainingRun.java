package org.meadefender.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.batch.RowCounts;
import org.meadefender.batch.WatermarkedData;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.network.Networks;
import org.meadefender.loss.LossStep;

/**
 * One call of {@link ProtectedModel}'s {@code fit}: epoch after epoch, and what is done between.
 */
final class TrainingRun implements FitContext {
  private final ProtectedModel<?> model;
  private final Model network;
  private final OutputHead head;
  private final List<Watermark> watermarks;
  private final WatermarkedData data;
  private final TrainingOptions options;
  private final Cancellation cancellation;
  private final Optional<Resumption> resumption;
  private final Optional<Evaluator> evaluator;
  private final List<TrainingReport.Epoch> epochs = new ArrayList<>();
  private final LostSources losses = new LostSources();
  private final LogitAdjustment adjustment;
  private Method method;
  private int epoch;
  private int restingEpochs;
  private List<Double> offsets = List.of();

  /**
   * Prepares.
   *
   * @param resumption of the training, where it keeps checkpoints
   * @throws IllegalArgumentException if the data cannot be reset though more than one epoch is
   *     asked for or planned
   */
  TrainingRun(
      ProtectedModel<?> model,
      OutputHead head,
      List<Watermark> watermarks,
      WatermarkedData data,
      TrainingOptions options,
      Optional<Resumption> resumption) {
    if (options.plannedEpochs() > 1 && !data.resetSupported()) {
      throw new IllegalArgumentException(
          "The training data cannot be reset; train a single epoch, or pass an iterator that can");
    }
    this.model = model;
    this.network = model.network();
    this.head = head;
    this.watermarks = watermarks;
    this.data = data;
    this.cancellation = new Cancellation(options.cancel());
    this.options = options.withCancel(cancellation);
    this.method = options.method().orElse(Method.DEFAULT);
    this.adjustment = new LogitAdjustment(watermarks, head.classes());
    this.resumption = resumption;
    this.evaluator = options.evaluation().map(test -> new Evaluator(watermarks, test));
  }

  /**
   * Trains. Whatever ends it, the network has its own loss, its listeners and its biases
   * afterwards; an interrupt of the thread ends it as the user's wish to cancel does.
   */
  TrainingReport run() {
    Acceleration.choose(network, options.acceleration());
    try (cancellation) {
      try {
        train();
      } catch (RuntimeException e) {
        if (!cancellation.explains(e)) {
          throw e;
        }
        data.stop();
      } finally {
        Acceleration.forget(network);
        Networks.clearMasks(network);
      }
      if (options.epochsBefore() + options.epochs() == options.plannedEpochs()) {
        adjustment.finish(network, head, offsets);
      }
      return new TrainingReport(
          epochs, method, Acceleration.accelerated(network), data.isStopped());
    }
  }

  private void train() {
    options.listeners().forEach(each -> each.fitStarts(this));
    MarkSchedule schedule = schedule();
    restingEpochs = Math.max(0, schedule.restingEpochs() - options.epochsBefore());
    int batches = schedule.batchesPerEpoch();
    int resumed = resumption.map(each -> each.begin(network)).orElse(0);
    for (epoch = 0; epoch < options.epochs() && !data.isStopped(); epoch++) {
      resumption.ifPresent(Resumption::epochStarts);
      if (data.resetSupported()) {
        data.reset();
      }
      if (epoch < resumed) {
        skip(epoch, resumed, schedule);
        continue;
      }
      adjustment.restart();
      data.useRecipe(method.recipe());
      data.startEpoch(
          Networks.epochCount(network), schedule.resting(options.epochsBefore() + epoch));
      EpochMonitor monitor = new EpochMonitor(options, watermarks, epoch, data, batches);
      fitEpoch(monitor);
      offsets = method.logitAdjustment() ? adjustment.offsets() : List.of();
      Runnable takeBack = adjustment.lower(network, head, offsets);
      try {
        epochs.add(monitor.finish(network, evaluator));
        losses.warn(epochs.get(epochs.size() - 1).recalls(), epoch + 1 == options.epochs());
        batches = monitor.batches();
        if (!data.isStopped()) {
          tellOfEnd();
        }
      } finally {
        takeBack.run();
      }
      if (!data.isStopped()) {
        int done = epoch + 1;
        resumption.ifPresent(each -> each.save(network, done, kept()));
      }
    }
    if (resumed == 0 && !data.isStopped()) {
      long resting = schedule.resting(options.epochsBefore() + options.epochs() - 1);
      requireMarked(
          epochs.stream().map(TrainingReport.Epoch::rows).reduce(RowCounts.NONE, RowCounts::plus),
          resting == 0 || resting < schedule.batchesPerEpoch());
    }
  }

  /**
   * Data without a source class are refused while they are read.
   *
   * @param taught whether the mark was to be taught in this call
   */
  private static void requireMarked(RowCounts rows, boolean taught) {
    if (rows.task() == 0) {
      throw new IllegalArgumentException(
          "The training data are empty; pass an iterator that stands before its first batch, or that"
              + " can be reset");
    }
    if (taught && rows.watermark() == 0) {
      throw new IllegalArgumentException(
          "The training had no watermark row: the mark's ratio of "
              + rows.task()
              + " task rows is less than one row, or both sources came in the last batches only; raise"
              + " the ratio, or train more epochs in one call");
    }
  }

  /** Counts the data's batches, where the method or the mark's place hang on them. */
  private MarkSchedule schedule() {
    int batches = MarkSchedule.countBatches(options, data, cancellation);
    method =
        options.method().orElseGet(() -> Method.byLength((long) batches * options.plannedEpochs()));
    MarkSchedule schedule =
        new MarkSchedule(options.plannedEpochs(), method.markedSteps(), batches);
    if (schedule.resting(0) > 0) {
      TrainingLog.markRests(schedule);
    } else if (options.method().isEmpty()) {
      TrainingLog.marksThroughout(schedule);
    }
    return schedule;
  }

  /** A shuffling iterator must come to the order that it would have had, pools to their samples. */
  private void skip(int epoch, int resumed, MarkSchedule schedule) {
    data.startEpoch(
        Networks.epochCount(network) + epoch, schedule.resting(options.epochsBefore() + epoch));
    data.skipRest();
    options.listeners().forEach(FitListener::dataEnd);
    Resumption saved = resumption.orElseThrow();
    saved.epochSkipped();
    if (epoch + 1 == resumed) {
      List<FitListener> listeners = options.listeners();
      Checkpoint.Kept restored = saved.restore(network, listeners.size());
      offsets = restored.offsets();
      for (int i = 0; i < listeners.size(); i++) {
        listeners.get(i).restore(restored.listeners().get(i), this);
      }
    }
  }

  private void tellOfEnd() {
    epoch++;
    try {
      options.listeners().forEach(each -> each.epochEnds(this));
    } finally {
      epoch--;
    }
  }

  private Checkpoint.Kept kept() {
    return new Checkpoint.Kept(
        offsets, options.listeners().stream().map(FitListener::state).toList());
  }

  @Override
  public ProtectedModel<?> model() {
    return model;
  }

  @Override
  public TrainingOptions options() {
    return options;
  }

  @Override
  public int epoch() {
    return epoch;
  }

  @Override
  public int restingEpochs() {
    return restingEpochs;
  }

  @Override
  public Method method() {
    return method;
  }

  @Override
  public void useMethod(Method next) {
    method = next;
  }

  @Override
  public boolean isCancelled() {
    return cancellation.getAsBoolean();
  }

  @Override
  public void stop() {
    data.stop();
  }

  private void fitEpoch(EpochMonitor monitor) {
    List<TrainingListener> listeners = List.copyOf(Networks.listeners(network));
    List<TrainingListener> all = new ArrayList<>(listeners);
    all.add(monitor);
    Consumer<LossStep> observer = monitor::observe;
    if (method.logitAdjustment()) {
      observer = observer.andThen(adjustment::observe);
    }
    try (WatermarkedTraining training =
        new WatermarkedTraining(network, head, watermarks, method, Optional.of(observer))) {
      network.setListeners(all);
      training.fit(data);
    } finally {
      network.setListeners(listeners);
    }
    options.listeners().forEach(FitListener::dataEnd);
    monitor.requireFinite(network.params());
  }
}
