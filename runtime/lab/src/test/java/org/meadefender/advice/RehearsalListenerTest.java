package org.meadefender.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.data.LabelledSamples;
import org.meadefender.internal.evaluation.Evaluator;
import org.meadefender.loss.LossWeights;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.Method;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.SmallNetworks;
import org.meadefender.train.SmallTasks;
import org.meadefender.train.TrainingOptions;
import org.meadefender.train.TrainingReport;
import org.meadefender.train.TrainsWithCheckpoints;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class RehearsalListenerTest {
  private static final TrainTest IMAGES = ImageSets.drawn(150, 40, 1);
  private static final WatermarkSpec SPEC = WatermarkSpec.of(0, 1, 0.2);
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final int EPOCHS = 8;

  /** Coupling is the lever that is watched here. */
  private static final Method UNCOUPLED =
      Method.DEFAULT.withWeights(new LossWeights(3, 0.05, 1)).withRecipe(RowRecipe.PAPER);

  /** Never reached, and at any price. */
  private static final Rehearsal AMBITIOUS =
      Rehearsal.standard().withStolenWsrGoal(1).withUnmarkedAccuracy(0.01).withCostShare(7);

  private static ProtectedModel<MultiLayerNetwork> model() {
    return ProtectedModel.create(List.of(SPEC), KEY, SmallNetworks.flat(7));
  }

  private static DataSetIterator training() {
    return IMAGES.train().shuffledIterator(32, 1);
  }

  private static DataSetIterator heldOut() {
    return IMAGES.test().iterator(64);
  }

  private static TrainingOptions options(Method method) {
    return TrainingOptions.epochs(EPOCHS).withMethod(method).withProgress(progress -> {});
  }

  private static double stolenWsr(MultiLayerNetwork victim) {
    Evaluator evaluator = new Evaluator(List.of(Watermark.derive(SPEC, KEY, 10)), heldOut());
    LabelledSamples samples = LabelledSamples.read(training(), 1_500);
    var copy = new SmallThief(victim, 6, (step, done, total) -> {}).soft(victim, samples, 1);
    return evaluator.evaluate(copy).lowestSuccessRate();
  }

  @Test
  void aCopyKeepsMoreOfARehearsedMark() {
    ProtectedModel<MultiLayerNetwork> plain = model();
    plain.fit(training(), options(UNCOUPLED));
    ProtectedModel<MultiLayerNetwork> rehearsed = model();
    RehearsalListener listener = RehearsalListener.of(AMBITIOUS, heldOut());
    TrainingReport report = rehearsed.fit(training(), options(UNCOUPLED).withListener(listener));

    List<RehearsalReport> rehearsals = listener.reports();
    assertThat(rehearsals).hasSizeGreaterThanOrEqualTo(2);
    assertThat(rehearsals.get(0).epoch()).isEqualTo(3);
    for (int i = 1; i < rehearsals.size(); i++) {
      assertThat(rehearsals.get(i).before()).isEqualTo(rehearsals.get(i - 1).after());
    }
    assertThat(rehearsals.get(0).after().recipe().coupling()).isEqualTo(0.1);
    assertThat(report.method()).isEqualTo(rehearsals.get(rehearsals.size() - 1).after());
    assertThat(rehearsals.get(0).toString())
        .startsWith("rehearsal after epoch 3 (")
        .contains("stolen with probabilities accuracy", "a copy keeps", "coupling 0.00 → 0.10");
    // Counted in rows; the clock of a busy machine may say half as much again.
    assertThat(listener.share(report)).isPositive().isLessThan(1.5 * AMBITIOUS.costShare());
    assertThat(stolenWsr(rehearsed.network())).isGreaterThan(stolenWsr(plain.network()));
  }

  /** Dropout and a falling rate would show any number drawn, any step taken. */
  @Test
  void aRehearsalThatChangesNothingLeavesTheSameBits() {
    Method atTheLimits =
        Method.DEFAULT
            .withWeights(new LossWeights(6, 0.05, 3))
            .withRecipe(new RowRecipe(0, 0.5, 0.4));
    Rehearsal content =
        Rehearsal.standard()
            .withStolenWsrGoal(Double.MIN_VALUE)
            .withAccuracyBudget(0.99)
            .withCostShare(10);
    var plain = TrainsWithCheckpoints.model(7);
    plain.fit(TrainsWithCheckpoints.data(), options(atTheLimits));
    var rehearsed = TrainsWithCheckpoints.model(7);
    RehearsalListener listener = RehearsalListener.of(content, heldOut());
    TrainingReport report =
        rehearsed.fit(TrainsWithCheckpoints.data(), options(atTheLimits).withListener(listener));
    assertThat(listener.reports()).isNotEmpty();
    assertThat(listener.reports().get(0).findings().accuracyLoss()).isPresent();
    assertThat(report.method()).isEqualTo(atTheLimits);
    assertThat(rehearsed.network().params()).isEqualTo(plain.network().params());
  }

  @Test
  void aRehearsalCanBeCancelled() {
    AtomicBoolean cancel = new AtomicBoolean();
    RehearsalListener listener = RehearsalListener.of(AMBITIOUS, heldOut());
    ProtectedModel<MultiLayerNetwork> model = model();
    TrainingReport report =
        model.fit(
            training(),
            options(UNCOUPLED)
                .withListener(listener)
                .withProgress(progress -> cancel.set(progress.epoch() == 3 && progress.epochDone()))
                .withCancel(cancel::get));
    assertThat(report.cancelled()).isTrue();
    assertThat(report.epochs()).hasSize(3);
    assertThat(listener.reports()).isEmpty();
    assertThat(report.method()).isEqualTo(UNCOUPLED);
  }

  @Test
  void aShareThatIsTooSmallForACopyBuysNone() {
    RehearsalListener listener =
        RehearsalListener.of(Rehearsal.standard().withCostShare(0.01), heldOut());
    TrainingReport report = model().fit(training(), options(UNCOUPLED).withListener(listener));
    assertThat(listener.reports()).isEmpty();
    assertThat(listener.share(report)).isZero();
  }

  @Test
  void dataThatAThiefCannotSendAreRefused() {
    INDArray some = Nd4j.zeros(2, 3);
    var several = new MultiDataSet(new INDArray[] {some, some}, new INDArray[] {Nd4j.zeros(2, 10)});
    TransferSamples samples =
        new TransferSamples(() -> Watermark.derive(SPEC, KEY, 10).random("test"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> samples.offer(several))
        .withMessageContaining("have 2 inputs");
    WatermarkSpec spec = WatermarkSpec.of(0, 1, 0.2).withTarget(2);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ProtectedModel.create(List.of(spec), KEY, SmallNetworks.recurrent(1))
                    .fit(
                        new ExistingDataSetIterator(SmallTasks.sequences()),
                        TrainingOptions.epochs(1)
                            .withListener(
                                RehearsalListener.of(
                                    AMBITIOUS,
                                    new ExistingDataSetIterator(SmallTasks.sequences())))))
        .withMessageContaining("have masks");
  }
}
