package org.meadefender.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.batch.WatermarkedData;
import org.meadefender.internal.evaluation.Evaluator;
import org.meadefender.internal.network.Networks;

/**
 * One call of {@link ProtectedModel}'s {@code fit}: epoch after epoch, step after step. All else is
 * done by listeners.
 */
final class TrainingRun implements FitListener.Context {
  private final ProtectedModel<?> model;
  private final Model network;
  private final OutputHead head;
  private final List<Watermark> watermarks;
  private final WatermarkedData<?> data;
  private final TrainingOptions options;
  private final Cancellation cancellation;
  private final Optional<CheckpointListener> checkpoints;
  private final EpochRecorder recorder;
  private final List<RunListener> listeners = new ArrayList<>();
  private MarkSchedule schedule;
  private Method method;
  private int current;
  private int over;

  /**
   * Prepares.
   *
   * @param checkpoints of the training, where it keeps any
   * @throws IllegalArgumentException if the data cannot be reset though more than one epoch is
   *     asked for or planned
   */
  TrainingRun(
      ProtectedModel<?> model,
      OutputHead head,
      List<Watermark> watermarks,
      WatermarkedData<?> data,
      TrainingOptions options,
      Optional<CheckpointListener> checkpoints) {
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
    this.checkpoints = checkpoints;
    this.method = options.method().orElse(Method.DEFAULT);
    this.schedule = new MarkSchedule(options.plannedEpochs(), method.markedSteps(), 0);
    this.recorder = new EpochRecorder(watermarks);
    listeners.add(recorder);
    listeners.add(new DivergenceListener());
    listeners.add(new LogitAdjustment(watermarks, head));
    options
        .evaluation()
        .ifPresent(
            test ->
                listeners.add(new EvaluationListener(new Evaluator(watermarks, test), recorder)));
    listeners.add(new ProgressListener(recorder));
    listeners.add(new LostSourceListener(recorder));
    options.listeners().forEach(each -> listeners.add(new UserListener(each)));
    checkpoints.ifPresent(listeners::add);
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
      listeners.forEach(each -> each.fitEnds(this));
      return new TrainingReport(
          recorder.epochs(), method, Acceleration.accelerated(network), data.isStopped());
    }
  }

  private void train() {
    listeners.forEach(each -> each.fitStarts(this));
    schedule();
    int resumed = checkpoints.map(each -> each.begin(network)).orElse(0);
    for (current = 0; current < options.epochs() && !data.isStopped(); current++) {
      listeners.forEach(RunListener::dataStart);
      if (data.resetSupported()) {
        data.reset();
      }
      if (current < resumed) {
        skip(current + 1 == resumed);
      } else {
        trainEpoch();
      }
      over = current + 1;
    }
    if (resumed == 0 && !data.isStopped()) {
      long resting = schedule.resting(options.epochsBefore() + options.epochs() - 1);
      recorder.requireMarked(resting == 0 || resting < schedule.batchesPerEpoch());
    }
  }

  /** Counts the data's batches, where the method or the mark's place hang on them. */
  private void schedule() {
    int batches = MarkSchedule.countBatches(options, data, cancellation);
    method =
        options.method().orElseGet(() -> Method.byLength((long) batches * options.plannedEpochs()));
    schedule = new MarkSchedule(options.plannedEpochs(), method.markedSteps(), batches);
    if (schedule.resting(0) > 0) {
      TrainingLog.markRests(schedule);
    } else if (options.method().isEmpty()) {
      TrainingLog.marksThroughout(schedule);
    }
  }

  private void startEpoch(int epoch) {
    data.startEpoch(epoch, schedule.resting(options.epochsBefore() + current), method.recipe());
  }

  /** A shuffling iterator must come to the order that it would have had, pools to their samples. */
  private void skip(boolean last) {
    startEpoch(Networks.epochCount(network) + current);
    data.skipRest();
    listeners.forEach(RunListener::dataEnd);
    CheckpointListener saved = checkpoints.orElseThrow();
    saved.requireSameData();
    if (last) {
      saved.restore(this);
    }
  }

  private void trainEpoch() {
    startEpoch(Networks.epochCount(network));
    listeners.forEach(each -> each.epochStarts(this));
    fit();
    listeners.forEach(RunListener::dataEnd);
    over = current + 1;
    try {
      listeners.forEach(each -> each.epochTrained(this));
      listeners.forEach(each -> each.epochEnds(this));
    } finally {
      listeners.forEach(each -> each.epochCloses(this));
    }
    if (!data.isStopped()) {
      listeners.forEach(each -> each.epochOver(this));
    }
  }

  /** One pass of Deeplearning4j's own over the mixed data, with the watermark's loss. */
  private void fit() {
    List<TrainingListener> own = List.copyOf(Networks.listeners(network));
    List<TrainingListener> all = new ArrayList<>(own);
    all.add(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model trained, int iteration, int modelEpoch) {
            double score = trained.score();
            listeners.forEach(each -> each.stepEnds(TrainingRun.this, score));
            if (cancellation.getAsBoolean()) {
              data.stop();
            }
          }
        });
    try (WatermarkedTraining training =
        new WatermarkedTraining(
            network,
            head,
            watermarks,
            method,
            Optional.of(step -> listeners.forEach(each -> each.lossKnown(step))))) {
      network.setListeners(all);
      training.fit(data);
    } finally {
      network.setListeners(own);
    }
  }

  List<RunListener> listeners() {
    return listeners;
  }

  /** The epoch that is trained, from 0; stays the same until the next one begins. */
  int current() {
    return current;
  }

  /** Batches of an epoch as they were counted; 0 if they were not. */
  int countedBatches() {
    return schedule.batchesPerEpoch();
  }

  boolean isStopped() {
    return data.isStopped();
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
    return over;
  }

  @Override
  public int restingEpochs() {
    return Math.max(0, schedule.restingEpochs() - options.epochsBefore());
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
}
