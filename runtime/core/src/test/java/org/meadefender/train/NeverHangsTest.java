package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meadefender.loss.Mgda;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** With data that are prefetched: whatever goes wrong ends the training, on the caller's thread. */
class NeverHangsTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC = List.of(WatermarkSpec.of(0, 1, 0.25));

  /** A plain training of these data takes a tenth of a second. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Set<Thread> before = new HashSet<>();

  @BeforeEach
  void countThreads() {
    // Nd4j's own threads start with it.
    Nd4j.zeros(1);
    before.addAll(Thread.getAllStackTraces().keySet());
  }

  @AfterEach
  void noThreadIsLeftBehind() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      boolean ours =
          Stream.of("read-ahead", "Async", "prefetch", "ParallelWrapper", "DefaultTrainer")
              .anyMatch(thread.getName()::contains);
      if (!before.contains(thread) && ours) {
        thread.join(2_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  /** A way to train on data. */
  @FunctionalInterface
  private interface Trainer {
    void train(DataSetIterator data);
  }

  private static MultiLayerConfiguration dense() {
    return SmallNetworks.dense(7, 1e-2);
  }

  private static ProtectedModel<MultiLayerNetwork> model() {
    return ProtectedModel.create(SPEC, KEY, dense());
  }

  private static ProtectedModel<ComputationGraph> graph() {
    MultiLayerNetwork layers = new MultiLayerNetwork(dense());
    layers.init();
    return ProtectedModel.create(SPEC, KEY, layers.toComputationGraph());
  }

  private static void inParallel(DataSetIterator data) {
    ProtectedModel<MultiLayerNetwork> model = model();
    ParallelWrapper workers =
        new ParallelWrapper.Builder<>(model.network())
            .workers(2)
            .trainingMode(ParallelWrapper.TrainingMode.AVERAGING)
            .averagingFrequency(1)
            .build();
    try (WatermarkedTraining training = model.begin(Method.DEFAULT)) {
      workers.fit(training.decorate(data));
    } finally {
      workers.shutdown();
    }
  }

  private static void decorated(ProtectedModel<? extends Model> model, DataSetIterator data) {
    try (WatermarkedTraining training = model.begin(Method.DEFAULT)) {
      if (model.network() instanceof MultiLayerNetwork layers) {
        layers.fit(training.decorate(data));
      } else if (model.network() instanceof ComputationGraph graph) {
        graph.fit(training.decorate(new MultiDataSetIteratorAdapter(data)));
      }
    }
  }

  private static Stream<Arguments> trainers() {
    TrainingOptions quiet = TrainingOptions.epochs(2).withProgress(progress -> {});
    Method throughout = Method.PAPER.withMgda(Mgda.PAPER.withGradients(Mgda.Gradients.ALL_LAYERS));
    return Stream.of(
        trainer("fit", data -> model().fit(data, quiet)),
        trainer("fit, not counted", data -> model().fit(data, quiet.withMethod(throughout))),
        trainer(
            "fit, several inputs",
            data -> graph().fit(new MultiDataSetIteratorAdapter(data), quiet)),
        trainer("decorate, layers", data -> decorated(model(), data)),
        trainer("decorate, graph", data -> decorated(graph(), data)),
        trainer("ParallelWrapper", NeverHangsTest::inParallel));
  }

  private static Arguments trainer(String name, Trainer trainer) {
    return Arguments.of(Named.of(name, trainer));
  }

  private static void fails(Runnable training, String... messages) {
    Thread caller = Thread.currentThread();
    assertTimeoutPreemptively(
        LIMIT,
        () ->
            assertThatThrownBy(training::run)
                .satisfies(
                    fault -> {
                      for (String message : messages) {
                        assertThat(fault).hasMessageContaining(message);
                      }
                    }));
    assertThat(caller.isInterrupted()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void anUnreadableImageEndsIt(Trainer trainer) {
    fails(() -> trainer.train(FaultyData.unreadableAt(7)), "image 7 cannot be read");
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void aPreprocessorThatThrowsEndsIt(Trainer trainer) {
    DataSetIterator data = FaultyData.sound();
    int[] batches = {0};
    data.setPreProcessor(
        batch -> {
          batches[0]++;
          if (batches[0] == 5) {
            throw new ArithmeticException("mean of no values");
          }
        });
    fails(() -> trainer.train(data), "mean of no values");
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void labelsOfAnotherShapeEndIt(Trainer trainer) {
    int n = FaultyData.rows();
    fails(() -> trainer.train(FaultyData.labelled(Nd4j.ones(n, 1))), "[24, 1]", "[n, 3]");
    fails(() -> trainer.train(FaultyData.labelled(Nd4j.ones(n, 2))), "[24, 2]", "[n, 3]");
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void regressionLabelsEndIt(Trainer trainer) {
    INDArray values = Nd4j.ones(FaultyData.rows(), 3).muli(12.5);
    fails(() -> trainer.train(FaultyData.labelled(values)), "12.5", "sum to 1");
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void aMissingSourceClassEndsIt(Trainer trainer) {
    INDArray labels = Nd4j.zeros(FaultyData.rows(), 3);
    labels.getColumn(0).assign(1);
    fails(() -> trainer.train(FaultyData.labelled(labels)), "none of class 1, source B");
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void soundDataTrain(Trainer trainer) {
    assertTimeoutPreemptively(LIMIT, () -> trainer.train(FaultyData.sound()));
  }

  @Test
  void twoInputsOfWhichNoneIsNamedEndIt() {
    ProtectedModel<ComputationGraph> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.twoInputs(1));
    MultiDataSet batch =
        new MultiDataSet(
            new INDArray[] {Nd4j.ones(10, 4), Nd4j.ones(10, 784)}, new INDArray[] {Nd4j.eye(10)});
    var data =
        new SingletonMultiDataSetIterator(batch) {
          private static final long serialVersionUID = 1L;

          @Override
          public boolean asyncSupported() {
            return true;
          }
        };
    fails(() -> model.fit(data, 1), "name the input");
  }

  /** Their twelve batches are read for the mark's samples, then for the accuracy. */
  @Test
  void heldOutDataThatThrowEndIt() {
    TrainingOptions options =
        TrainingOptions.epochs(1)
            .withProgress(progress -> {})
            .withEvaluation(FaultyData.unreadableAt(15));
    fails(() -> model().fit(FaultyData.sound(), options), "image 7 cannot be read");
  }

  @Test
  void aCancelledTrainingLeavesNoThread() {
    int[] batches = {0};
    TrainingReport report =
        assertTimeoutPreemptively(
            LIMIT,
            () ->
                model()
                    .fit(
                        FaultyData.sound(),
                        TrainingOptions.epochs(3)
                            .withMethod(Method.PAPER)
                            .withProgress(progress -> batches[0]++)
                            .withCancel(() -> batches[0] >= 4)));
    assertThat(report.cancelled()).isTrue();
  }

  @Test
  void aDivergedTrainingLeavesNoThread() {
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(new Sgd(1e30), new LossMCXENT()));
    fails(() -> model.fit(FaultyData.sound(), 3), "The loss is");
  }

  @Test
  void anAbandonedDecoratedIteratorLeavesNoThread() {
    try (WatermarkedTraining training = model().begin(Method.DEFAULT)) {
      training.decorate(FaultyData.sound()).next();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().contains("read-ahead"));
  }
}
