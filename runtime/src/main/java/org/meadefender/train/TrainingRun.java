package org.meadefender.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.batch.RowCounts;
import org.meadefender.batch.WatermarkedData;
import org.meadefender.combine.Watermark;
import org.meadefender.loss.LossStep;

/**
 * One call of {@link ProtectedModel}'s {@code fit}: epoch after epoch, and what is done between.
 */
final class TrainingRun {
  /** Sources are learnt later than other classes, for their labels carry a share of the target. */
  private static final int LOST_EPOCHS = 5;

  private final Model network;
  private final OutputHead head;
  private final List<Watermark> watermarks;
  private final WatermarkedData data;
  private final TrainingOptions options;
  private final Optional<Checkpoint> checkpoint;
  private final Optional<Evaluator> evaluator;
  private final Optional<TransferSamples> samples;
  private final Optional<Rehearsing> rehearsing;
  private final List<TrainingReport.Epoch> epochs = new ArrayList<>();
  private final List<RehearsalReport> rehearsals = new ArrayList<>();
  private final Map<Integer, Integer> lostSince = new HashMap<>();
  private final LogitAdjustment adjustment;
  private final int batchesPerEpoch;
  private Method method;
  private List<Double> offsets = List.of();

  /**
   * Prepares: counts the data's batches, where the method or the mark's place hang on them.
   *
   * @param samples of the training, where it rehearses
   * @param identity of the training, for its checkpoints
   * @throws IllegalArgumentException if the data cannot be reset though more than one epoch is
   *     asked for
   */
  TrainingRun(
      Model network,
      OutputHead head,
      List<Watermark> watermarks,
      WatermarkedData data,
      TrainingOptions options,
      Optional<TransferSamples> samples,
      String identity) {
    if (options.epochs() > 1 && !data.resetSupported()) {
      throw new IllegalArgumentException(
          "The training data cannot be reset; train a single epoch, or pass an iterator that can");
    }
    this.network = network;
    this.head = head;
    this.watermarks = watermarks;
    this.data = data;
    this.options = options;
    this.batchesPerEpoch = MarkSchedule.countBatches(options, data);
    this.method =
        options
            .method()
            .orElseGet(() -> Method.byLength((long) batchesPerEpoch * options.epochs()));
    this.adjustment = new LogitAdjustment(watermarks, head.classes());
    this.checkpoint = options.checkpoints().map(directory -> new Checkpoint(directory, identity));
    this.evaluator = options.evaluation().map(test -> new Evaluator(watermarks, test));
    this.samples = samples;
    this.rehearsing =
        options
            .rehearsal()
            .map(
                wish ->
                    new Rehearsing(
                        wish,
                        network,
                        watermarks,
                        options,
                        samples.orElseThrow(),
                        evaluator.orElseThrow()));
  }

  TrainingReport run() {
    int accelerated = Acceleration.enable(network);
    int resumed = checkpoint.map(this::restore).orElse(0);
    MarkSchedule schedule =
        new MarkSchedule(options.epochs(), method.markedSteps(), batchesPerEpoch);
    int batches = batchesPerEpoch;
    if (schedule.resting(0) > 0) {
      TrainingLog.markRests(schedule);
    }
    for (int epoch = 0; epoch < options.epochs() && !data.isStopped(); epoch++) {
      if (data.resetSupported()) {
        data.reset();
      }
      if (epoch < resumed) {
        // A shuffling iterator must come to the order that it would have had.
        data.startEpoch(Networks.epochCount(network) - resumed + epoch, schedule.resting(epoch));
        data.skipRest();
        samples.ifPresent(TransferSamples::close);
        continue;
      }
      adjustment.restart();
      data.useRecipe(method.recipe());
      data.startEpoch(Networks.epochCount(network), schedule.resting(epoch));
      EpochMonitor monitor = new EpochMonitor(options, watermarks, epoch, data, batches);
      fitEpoch(monitor);
      samples.ifPresent(TransferSamples::close);
      monitor.requireFinite(network.params());
      offsets = method.logitAdjustment() ? adjustment.offsets() : List.of();
      Runnable takeBack = adjustment.lower(network, head, offsets);
      epochs.add(monitor.finish(network, evaluator));
      warnOfLosses(epoch + 1 == options.epochs());
      batches = monitor.batches();
      if (!data.isStopped()) {
        rehearse(epoch + 1, schedule.restingEpochs(), monitor);
      }
      takeBack.run();
      if (checkpoint.isPresent() && !data.isStopped()) {
        checkpoint.get().save(network, epoch + 1, method, offsets);
      }
    }
    adjustment.finish(network, head, offsets);
    TrainingReport report =
        new TrainingReport(epochs, rehearsals, method, accelerated, data.isStopped());
    if (resumed == 0 && !data.isStopped()) {
      requireMarked(report.rows());
    }
    return report;
  }

  /** When a class has been lost for some epochs, and at the end: early epochs say little. */
  private void warnOfLosses(boolean last) {
    for (SourceRecall recall : epochs.get(epochs.size() - 1).recalls()) {
      int since = recall.isLost() ? lostSince.merge(recall.sourceClass(), 1, Integer::sum) : 0;
      lostSince.put(recall.sourceClass(), since);
      if (since == LOST_EPOCHS || (since > 0 && last)) {
        TrainingLog.classLost(recall);
      }
    }
  }

  /** Data without a source class are refused while they are read. */
  private void requireMarked(RowCounts rows) {
    if (rows.task() == 0) {
      throw new IllegalArgumentException(
          "The training data are empty; pass an iterator that stands before its first batch, or that"
              + " can be reset");
    }
    if (rows.watermark() == 0) {
      throw new IllegalArgumentException(
          "The training had no watermark row: the mark's ratio of "
              + rows.task()
              + " task rows is less than one row, or both sources came in the last batches only; raise"
              + " the ratio, or train more epochs in one call");
    }
  }

  private int restore(Checkpoint saved) {
    Checkpoint.Restored restored = saved.restore(network, method);
    method = restored.method();
    offsets = restored.offsets();
    return restored.epochsDone();
  }

  private void rehearse(int epochsDone, int restingEpochs, EpochMonitor monitor) {
    Optional<Evaluation> victim = epochs.get(epochs.size() - 1).evaluation();
    rehearsing
        .flatMap(
            each -> each.rehearse(epochsDone, method, victim.orElseThrow(), restingEpochs, data))
        .ifPresent(
            rehearsal -> {
              rehearsals.add(rehearsal);
              method = rehearsal.after();
              monitor.tell(rehearsal);
            });
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
  }
}
