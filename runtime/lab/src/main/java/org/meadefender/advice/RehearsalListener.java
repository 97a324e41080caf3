package org.meadefender.advice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.combine.Watermark;
import org.meadefender.data.LabelledSamples;
import org.meadefender.internal.NativeMemory;
import org.meadefender.internal.RandomState;
import org.meadefender.internal.evaluation.Evaluator;
import org.meadefender.train.FitListener;
import org.meadefender.train.Method;
import org.meadefender.train.TrainingReport;
import org.meadefender.verify.Evaluation;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rehearses in a training: small thefts between epochs, whose findings steer the weights and the
 * recipe of the method. It takes nothing from the training but time.
 *
 * <pre>{@code
 * RehearsalListener rehearsals = RehearsalListener.of(Rehearsal.standard(), heldOut);
 * model.fit(data, TrainingOptions.epochs(30).withListener(rehearsals));
 * }</pre>
 *
 * <p>Follows one training at a time.
 */
public final class RehearsalListener implements FitListener {
  private static final Logger log = LoggerFactory.getLogger(RehearsalListener.class);

  /** Enough to see whether a copy has learnt the task. */
  static final int ACCURACY_ROWS = 1_000;

  /** Where a known plain accuracy is held against the network: in the last part of the epochs. */
  private static final double JUDGED_FROM = 2.0 / 3;

  private final Rehearsal wish;
  private final DataSetIterator heldOut;
  private final List<RehearsalReport> reports = new ArrayList<>();
  private @Nullable Followed followed;

  private RehearsalListener(Rehearsal wish, DataSetIterator heldOut) {
    this.wish = wish;
    this.heldOut = heldOut;
  }

  /**
   * A listener, to be given to {@link org.meadefender.train.TrainingOptions#withListener}.
   *
   * <p>The training then refuses networks that the attack lab cannot copy, and samples with masks
   * or of several lengths, by an {@link IllegalArgumentException}.
   *
   * @param wish what the training should reach
   * @param heldOut samples that are not trained on, of both source classes at least; labels {@code
   *     [n, classes]}; must be resettable
   */
  public static RehearsalListener of(Rehearsal wish, DataSetIterator heldOut) {
    return new RehearsalListener(wish, heldOut);
  }

  /** One report per rehearsal of the last training; of one that was resumed, those since. */
  public List<RehearsalReport> reports() {
    return List.copyOf(reports);
  }

  /**
   * Time of all rehearsals as a share of that of all epochs; 0 if there were none.
   *
   * @param training the last training's report
   */
  public double share(TrainingReport training) {
    double rehearsed = reports.stream().mapToDouble(each -> seconds(each.time())).sum();
    double trained = training.epochs().stream().mapToDouble(each -> seconds(each.time())).sum();
    return trained == 0 ? 0 : rehearsed / trained;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  @Override
  public String identity() {
    return wish.toString();
  }

  @Override
  public void fitStarts(FitListener.Context training) {
    reports.clear();
    followed = new Followed(training);
    // Fails before the training rather than in it.
    followed.thief(1);
  }

  private Followed followed() {
    if (followed == null) {
      throw new IllegalStateException("No training has begun that this listener was given to");
    }
    return followed;
  }

  @Override
  public void dataStart() {
    followed().samples.restart();
  }

  @Override
  public void taskBatch(MultiDataSet batch) {
    followed().samples.offer(batch);
  }

  @Override
  public void dataEnd() {
    followed().samples.close();
  }

  @Override
  public void epochEnds(FitListener.Context training) {
    followed()
        .rehearse()
        .ifPresent(
            report -> {
              reports.add(report);
              training.useMethod(report.after());
              log.info("{}", report);
            });
  }

  @Override
  public Map<String, String> state() {
    return SteeredValues.of(followed().training.method());
  }

  @Override
  public void restore(Map<String, String> state, FitListener.Context training) {
    training.useMethod(SteeredValues.in(training.method(), state));
  }

  /** What is kept of one training. */
  private final class Followed {
    private final FitListener.Context training;
    private final List<Watermark> watermarks;
    private final Evaluator evaluator;
    private final TransferSamples samples;
    private @Nullable RehearsalPlan plan;

    Followed(FitListener.Context training) {
      this.training = training;
      this.watermarks =
          Watermark.deriveAll(
              training.model().specs(), training.model().key(), training.model().classes());
      this.evaluator = new Evaluator(watermarks, heldOut);
      this.samples = new TransferSamples(() -> watermarks.get(0).random("rehearsal"));
    }

    SmallThief thief(int epochs) {
      return new SmallThief(
          training.model().network(), epochs, (step, done, total) -> throwIfCancelled());
    }

    /** Rehearses if it is time; empty if it is not, or if the user cancelled. */
    Optional<RehearsalReport> rehearse() {
      int epoch = training.epoch();
      if (plan == null) {
        plan = plan();
      }
      if (!plan.epochs().contains(epoch)) {
        return Optional.empty();
      }
      long start = System.nanoTime();
      try {
        RehearsalPlan copies = plan;
        Method method = training.method();
        RehearsalFindings findings = RandomState.kept(() -> findings(copies));
        Steering.Step step =
            epoch == training.options().epochs()
                ? new Steering.Step(method, List.of("the training is over"))
                : Steering.steer(method, findings, wish);
        return Optional.of(
            new RehearsalReport(
                epoch,
                plan.copyRows(),
                plan.copyEpochs(),
                findings,
                method,
                step.method(),
                step.reasons(),
                Duration.ofNanos(System.nanoTime() - start)));
      } catch (CancellationException e) {
        training.stop();
        return Optional.empty();
      } finally {
        NativeMemory.release();
      }
    }

    private RehearsalPlan plan() {
      double added =
          watermarks.stream()
              .mapToDouble(each -> each.spec().ratio() * (each.spec().evasion() ? 2 : 1))
              .sum();
      RehearsalPlan made =
          RehearsalPlan.of(
              new RehearsalPlan.Sizes(
                  training.options().epochs(),
                  training.restingEpochs(),
                  samples.seen(),
                  added,
                  samples.size(),
                  watermarks.size(),
                  evaluator.rows()),
              wish);
      if (made.epochs().isEmpty()) {
        log.warn(
            "There is no rehearsal: a share of {} of this training's work is too little for a"
                + " copy; raise it by withCostShare",
            wish.costShare());
      }
      return made;
    }

    private RehearsalFindings findings(RehearsalPlan copies) {
      Model network = training.model().network();
      Evaluation victim = evaluator.evaluate(network);
      RandomGenerator random = watermarks.get(0).random("rehearsal/" + training.epoch());
      LabelledSamples transfer = samples.draw(copies.copyRows(), random.nextLong());
      SmallThief thief = thief(copies.copyEpochs());
      Model soft = thief.soft(network, transfer, random.nextLong());
      Evaluation ofSoft = evaluator.evaluate(soft, ACCURACY_ROWS);
      Model hard = thief.hard(network, transfer, random.nextLong());
      Evaluation ofHard = evaluator.evaluate(hard, ACCURACY_ROWS);
      return new RehearsalFindings(victim, ofSoft, ofHard, accuracyLoss(victim, transfer, random));
    }

    private Optional<AccuracyLoss> accuracyLoss(
        Evaluation victim, LabelledSamples transfer, RandomGenerator random) {
      if (wish.unmarkedAccuracy().isPresent()) {
        return training.epoch() < JUDGED_FROM * training.options().epochs()
            ? Optional.empty()
            : Optional.of(
                AccuracyLoss.against(
                    wish.unmarkedAccuracy().getAsDouble(), victim.accuracy(), evaluator.rows()));
      }
      throwIfCancelled();
      return Optional.of(
          new MarkCost(training.model(), evaluator)
              .estimate(training.method(), transfer, samples.largestBatch(), random.nextLong()));
    }

    private void throwIfCancelled() {
      if (training.isCancelled()) {
        throw new CancellationException();
      }
    }
  }
}
