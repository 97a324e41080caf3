package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.AsyncShieldDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.batch.RowRecipe;
import org.meadefender.data.ImageSets;
import org.meadefender.loss.Mgda;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** However a training ends, the network is its user's again. */
class LifecycleTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC = List.of(WatermarkSpec.of(0, 1, 0.25));

  /** Coupling without anything that takes it back: the adjustment finds something to lower. */
  private static final Method ADJUSTING =
      Method.DEFAULT.withRecipe(new RowRecipe(0, 0, 0.4)).withLogitAdjustment(true);

  private static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Throws at one of a listener's hooks, in the second epoch. */
  private enum Hook {
    EPOCH_START,
    FORWARD,
    GRADIENT,
    BACKWARD,
    ITERATION,
    EPOCH_END;

    TrainingListener listener() {
      return new TrainingListener() {
        private int epochs;

        private void reach(Hook hook) {
          if (hook == Hook.this && epochs == 2) {
            throw new Failure();
          }
        }

        @Override
        public void onEpochStart(Model model) {
          epochs++;
          reach(EPOCH_START);
        }

        @Override
        public void onForwardPass(Model model, List<INDArray> activations) {
          reach(FORWARD);
        }

        @Override
        public void onForwardPass(Model model, Map<String, INDArray> activations) {
          reach(FORWARD);
        }

        @Override
        public void onGradientCalculation(Model model) {
          reach(GRADIENT);
        }

        @Override
        public void onBackwardPass(Model model) {
          reach(BACKWARD);
        }

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
          reach(ITERATION);
        }

        @Override
        public void onEpochEnd(Model model) {
          reach(EPOCH_END);
        }
      };
    }
  }

  private static ProtectedModel<MultiLayerNetwork> dense() {
    return ProtectedModel.create(SPEC, KEY, SmallNetworks.dense(1, 1e-2));
  }

  private static ILossFunction loss(MultiLayerNetwork network) {
    return ((BaseOutputLayer) network.getOutputLayer().conf().getLayer()).getLossFn();
  }

  private static TrainingOptions options() {
    return TrainingOptions.epochs(3).withMethod(ADJUSTING).withProgress(progress -> {});
  }

  /** Trains until something fails, and trains anew, as before. */
  private static void assertIsLeftAsItWas(
      ProtectedModel<MultiLayerNetwork> model, DataSetIterator data, TrainingOptions options) {
    MultiLayerNetwork network = model.network();
    ILossFunction own = loss(network);
    List<TrainingListener> listeners = List.copyOf(network.getListeners());
    INDArray input = SmallTasks.vectors().next().getFeatures();
    assertThatThrownBy(() -> model.fit(data, options)).isInstanceOf(Failure.class);
    assertThat(loss(network)).isSameAs(own);
    assertThat(network.getListeners()).containsExactlyElementsOf(listeners);
    assertThat(network.output(input).sumNumber().doubleValue()).isFinite();
    network.setListeners(List.of());
    assertThat(model.fit(SmallTasks.vectors(), options()).epochs()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(Hook.class)
  void aListenerThatThrowsLeavesTheNetworkAsItWas(Hook hook) {
    ProtectedModel<MultiLayerNetwork> model = dense();
    model.network().setListeners(hook.listener());
    assertIsLeftAsItWas(model, SmallTasks.vectors(), options());
  }

  @ParameterizedTest
  @EnumSource(Hook.class)
  void soItDoesWhereTheGradientsOfAllLayersAreTaken(Hook hook) {
    ProtectedModel<MultiLayerNetwork> model = dense();
    model.network().setListeners(hook.listener());
    Mgda all = Mgda.PAPER.withGradients(Mgda.Gradients.ALL_LAYERS);
    assertIsLeftAsItWas(model, SmallTasks.vectors(), options().withMethod(ADJUSTING.withMgda(all)));
  }

  static Stream<UnaryOperator<TrainingOptions>> callbacks() {
    return Stream.of(
        options ->
            options.withProgress(
                progress -> {
                  throw new Failure();
                }),
        options ->
            options.withCancel(
                () -> {
                  throw new Failure();
                }),
        options -> {
          DataSetIterator heldOut = SmallTasks.vectors();
          DataSetPreProcessor failing =
              batch -> {
                throw new Failure();
              };
          AtomicReference<Integer> reads = new AtomicReference<>(0);
          heldOut.setPreProcessor(
              batch -> {
                if (reads.updateAndGet(count -> count + 1) > 6) {
                  failing.preProcess(batch);
                }
              });
          return options.withEvaluation(heldOut);
        });
  }

  @ParameterizedTest
  @MethodSource("callbacks")
  void aCallbackThatThrowsLeavesTheNetworkAsItWas(UnaryOperator<TrainingOptions> failing) {
    assertIsLeftAsItWas(dense(), SmallTasks.vectors(), failing.apply(options()));
  }

  /** At an epoch's end the biases are lowered for a moment, for what is measured then. */
  @Test
  void aConsumerThatThrowsAtAnEpochsEndLeavesTheBiasesAsTrained() {
    ProtectedModel<MultiLayerNetwork> model = dense();
    AtomicReference<INDArray> trained = new AtomicReference<>();
    AtomicReference<INDArray> lowered = new AtomicReference<>();
    model
        .network()
        .setListeners(
            new BaseTrainingListener() {
              @Override
              public void onEpochEnd(Model network) {
                trained.set(network.params().dup());
              }
            });
    TrainingOptions failing =
        options()
            .withProgress(
                progress -> {
                  if (progress.epochDone() && progress.epoch() == 3) {
                    lowered.set(model.network().params().dup());
                    throw new Failure();
                  }
                });
    assertThatThrownBy(() -> model.fit(SmallTasks.vectors(), failing)).isInstanceOf(Failure.class);
    assertThat(lowered.get()).isNotEqualTo(trained.get());
    assertThat(model.network().params()).isEqualTo(trained.get());
  }

  @Test
  void whatABrokenStepKeptForItsBackwardPassIsDropped() {
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutional(7));
    model.network().setListeners(Hook.FORWARD.listener());
    assertThatThrownBy(() -> model.fit(ImageSets.drawn(4, 1, 1).train().iterator(20), options()))
        .isInstanceOf(Failure.class);
    INDArray input = ImageSets.drawn(4, 1, 1).train().features(0, 10);
    INDArray accelerated = model.network().output(input);
    Acceleration.disable(model.network());
    assertThat(accelerated.distance2(model.network().output(input))).isLessThan(1e-5);
  }

  private static TrainingReport interruptedAt(
      ProtectedModel<?> model, int iteration, TrainingOptions options) {
    model
        .network()
        .setListeners(
            List.of(
                new BaseTrainingListener() {
                  @Override
                  public void iterationDone(Model network, int done, int epoch) {
                    if (done == iteration) {
                      Thread.currentThread().interrupt();
                    }
                  }
                }));
    return model.fit(SmallTasks.vectors(), options);
  }

  @Test
  void anInterruptCancelsAndIsKeptForTheCaller() {
    for (TrainingOptions options :
        List.of(
            options(),
            options().withCancel(() -> false),
            options().withEvaluation(SmallTasks.vectors()))) {
      ProtectedModel<MultiLayerNetwork> model = dense();
      ILossFunction own = loss(model.network());
      TrainingReport report = interruptedAt(model, 8, options);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(report.cancelled()).isTrue();
      assertThat(report.epochs()).hasSize(2);
      assertThat(loss(model.network())).isSameAs(own);
    }
  }

  /** As Deeplearning4j's iterators do when they wait for the next batch. */
  @Test
  void anInterruptThatShowsAsAFailureOfTheDataCancelsToo() {
    DataSetIterator data = SmallTasks.vectors();
    AtomicReference<Integer> reads = new AtomicReference<>(0);
    data.setPreProcessor(
        batch -> {
          if (reads.updateAndGet(count -> count + 1) == 10) {
            throw new IllegalStateException(new InterruptedException());
          }
        });
    ProtectedModel<MultiLayerNetwork> model = dense();
    TrainingReport report =
        model.fit(
            new AsyncShieldDataSetIterator(data),
            options().withMethod(ADJUSTING.markedThroughout()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.cancelled()).isTrue();
    assertThat(report.epochs()).hasSize(1);
  }

  @Test
  void anotherFailureOfAnInterruptedTrainingIsNotHidden() {
    TrainingOptions failing =
        options()
            .withProgress(
                progress -> {
                  Thread.currentThread().interrupt();
                  throw new Failure();
                });
    assertThatThrownBy(() -> dense().fit(SmallTasks.vectors(), failing))
        .isInstanceOf(Failure.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
