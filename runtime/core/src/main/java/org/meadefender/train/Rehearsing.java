package org.meadefender.train;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.accelerate.NativeMemory;
import org.meadefender.accelerate.RandomState;
import org.meadefender.attack.AttackData;
import org.meadefender.batch.WatermarkedData;
import org.meadefender.combine.Watermark;

/** The rehearsals of one training; it takes nothing from the training but time. */
final class Rehearsing {
  /** Enough to see whether a copy has learnt the task. */
  static final int ACCURACY_ROWS = 1_000;

  /** Where a known plain accuracy is held against the network: in the last part of the epochs. */
  private static final double JUDGED_FROM = 2.0 / 3;

  private final Rehearsal wish;
  private final Model network;
  private final List<Watermark> watermarks;
  private final TrainingOptions options;
  private final TransferSamples samples;
  private final Evaluator evaluator;
  private @Nullable RehearsalPlan plan;

  /**
   * Prepares.
   *
   * @throws IllegalArgumentException if the network cannot be stolen by the attack lab
   */
  Rehearsing(
      Rehearsal wish,
      Model network,
      List<Watermark> watermarks,
      TrainingOptions options,
      TransferSamples samples,
      Evaluator evaluator) {
    this.wish = wish;
    this.network = network;
    this.watermarks = watermarks;
    this.options = options;
    this.samples = samples;
    this.evaluator = evaluator;
    // Fails before the training rather than in it.
    thief(1);
  }

  private SmallThief thief(int epochs) {
    return new SmallThief(network, epochs, (step, done, total) -> throwIfCancelled());
  }

  /**
   * Rehearses if it is time.
   *
   * @param epochsDone epochs of the training so far
   * @param method how the mark is taught
   * @param victim the network's figures
   * @param restingEpochs epochs that do not teach the mark
   * @return what came of it; empty if it is not time, or if the user cancelled
   */
  Optional<RehearsalReport> rehearse(
      int epochsDone, Method method, Evaluation victim, int restingEpochs, WatermarkedData data) {
    if (plan == null) {
      plan = plan(restingEpochs);
    }
    if (!plan.epochs().contains(epochsDone)) {
      return Optional.empty();
    }
    long start = System.nanoTime();
    try {
      RehearsalPlan copies = plan;
      RehearsalFindings findings =
          RandomState.kept(() -> findings(epochsDone, method, victim, copies));
      Steering.Step step =
          epochsDone == options.epochs()
              ? new Steering.Step(method, List.of("the training is over"))
              : Steering.steer(method, findings, wish);
      return Optional.of(
          new RehearsalReport(
              epochsDone,
              plan.copyRows(),
              plan.copyEpochs(),
              findings,
              method,
              step.method(),
              step.reasons(),
              Duration.ofNanos(System.nanoTime() - start)));
    } catch (CancellationException e) {
      data.stop();
      return Optional.empty();
    } finally {
      NativeMemory.release();
    }
  }

  private RehearsalPlan plan(int restingEpochs) {
    double added =
        watermarks.stream()
            .mapToDouble(each -> each.spec().ratio() * (each.spec().evasion() ? 2 : 1))
            .sum();
    RehearsalPlan made =
        RehearsalPlan.of(
            new RehearsalPlan.Sizes(
                options.epochs(),
                restingEpochs,
                samples.seen(),
                added,
                samples.size(),
                watermarks.size(),
                evaluator.rows()),
            wish);
    if (made.epochs().isEmpty()) {
      TrainingLog.noRehearsal(wish);
    }
    return made;
  }

  private RehearsalFindings findings(
      int epochsDone, Method method, Evaluation victim, RehearsalPlan copies) {
    RandomGenerator random = watermarks.get(0).random("rehearsal/" + epochsDone);
    AttackData transfer = samples.draw(copies.copyRows(), random.nextLong());
    SmallThief thief = thief(copies.copyEpochs());
    Model soft = thief.soft(network, transfer, random.nextLong());
    Evaluation ofSoft = evaluator.evaluate(soft, ACCURACY_ROWS);
    Model hard = thief.hard(network, transfer, random.nextLong());
    Evaluation ofHard = evaluator.evaluate(hard, ACCURACY_ROWS);
    return new RehearsalFindings(
        victim, ofSoft, ofHard, accuracyLoss(epochsDone, method, victim, transfer, random));
  }

  private Optional<AccuracyLoss> accuracyLoss(
      int epochsDone,
      Method method,
      Evaluation victim,
      AttackData transfer,
      RandomGenerator random) {
    if (wish.plainAccuracy().isPresent()) {
      return epochsDone < JUDGED_FROM * options.epochs()
          ? Optional.empty()
          : Optional.of(
              AccuracyLoss.against(
                  wish.plainAccuracy().getAsDouble(), victim.accuracy(), evaluator.rows()));
    }
    throwIfCancelled();
    return Optional.of(
        new MarkCost(network, watermarks, evaluator)
            .estimate(method, transfer, samples.largestBatch(), random.nextLong()));
  }

  private void throwIfCancelled() {
    if (options.cancel().getAsBoolean()) {
      throw new CancellationException();
    }
  }
}
