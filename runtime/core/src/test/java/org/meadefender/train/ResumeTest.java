package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

class ResumeTest {
  @TempDir Path directory;

  /** Dropout, Adam, a shuffling iterator: all of their states must come back; a listener's too. */
  @ParameterizedTest
  @ValueSource(strings = {"", "steered"})
  void aTrainingThatIsKilledAnywhereEndsWithTheSameBits(String steered) throws Exception {
    KilledTraining training =
        new KilledTraining(
            TrainsWithCheckpoints.class,
            directory,
            steered.isEmpty() ? List.of() : List.of(steered));
    assertThat(training.killed()).isEqualTo(training.uninterrupted());
  }

  @Test
  void refusesTheCheckpointOfAnotherTraining() {
    TrainsWithCheckpoints.model(1).fit(TrainsWithCheckpoints.data(), options(1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TrainsWithCheckpoints.model(2).fit(TrainsWithCheckpoints.data(), options(1)))
        .withMessageContaining("is of another training; it differs in network (there ");
  }

  /** What else must be the same, and is named. */
  static Stream<Arguments> others() {
    ImageSet images = ImageSets.drawn(20, 1, 1).train();
    ImageSet otherImages = ImageSets.drawn(20, 1, 99).train();
    ImageSet moreImages = ImageSets.drawn(30, 1, 1).train();
    UnaryOperator<TrainingOptions> same = options -> options;
    UnaryOperator<TrainingOptions> planned = options -> options.withPlan(0, 9);
    UnaryOperator<TrainingOptions> steered = options -> options.withListener(new RaisesCoupling());
    UnaryOperator<TrainingOptions> otherMethod = options -> options.withMethod(Method.PAPER);
    return Stream.of(
        Arguments.of("epochs (there 2, here 3)", images.shuffledIterator(25, 3), 3, same),
        Arguments.of("plan (there none, here ", images.shuffledIterator(25, 3), 2, planned),
        Arguments.of("method (there by length, ", images.shuffledIterator(25, 3), 2, otherMethod),
        Arguments.of(
            "listeners (there [], here [raises the coupling])",
            images.shuffledIterator(25, 3),
            2,
            steered),
        Arguments.of("batch size (there 25, here 20)", images.shuffledIterator(20, 3), 2, same),
        Arguments.of(
            "rows per epoch (there 200, here 300)", moreImages.shuffledIterator(25, 3), 2, same),
        Arguments.of("data (there ", otherImages.shuffledIterator(25, 3), 2, same));
  }

  @ParameterizedTest
  @MethodSource("others")
  void refusesACheckpointThatDiffersAndSaysInWhat(
      String difference, DataSetIterator data, int epochs, UnaryOperator<TrainingOptions> change) {
    stopAfterTheFirstOf(2, TrainsWithCheckpoints.model(1), TrainsWithCheckpoints.data());
    var model = TrainsWithCheckpoints.model(1);
    INDArray before = model.network().params().dup();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.fit(data, change.apply(options(epochs))))
        .withMessageContaining("it differs in " + difference);
    assertThat(model.network().params()).isEqualTo(before);
  }

  private void stopAfterTheFirstOf(int epochs, ProtectedModel<?> model, DataSetIterator data) {
    AtomicBoolean stop = new AtomicBoolean();
    TrainingReport report =
        model.fit(
            data,
            options(epochs)
                .withProgress(progress -> stop.set(progress.epoch() == 2))
                .withCancel(stop::get));
    assertThat(report.cancelled()).isTrue();
  }

  /** The order in which an iterator comes to the rows is not the data. */
  @Test
  void goesOnWithTheSameNetworkAndIterator() {
    var model = TrainsWithCheckpoints.model(1);
    DataSetIterator data = TrainsWithCheckpoints.data();
    stopAfterTheFirstOf(2, model, data);
    assertThat(model.fit(data, options(2)).epochs()).hasSize(1);
  }

  @Test
  void aFinishedTrainingIsGivenBackToANetworkThatStandsWhereItBegan() {
    var model = TrainsWithCheckpoints.model(1);
    model.fit(TrainsWithCheckpoints.data(), options(2));
    var again = TrainsWithCheckpoints.model(1);
    TrainingReport report = again.fit(TrainsWithCheckpoints.data(), options(2));
    assertThat(report.epochs()).isEmpty();
    assertThat(report.cancelled()).isFalse();
    assertThat(again.network().params()).isEqualTo(model.network().params());
    assertThat(again.network().getEpochCount()).isEqualTo(2);
  }

  @Test
  void aFinishedTrainingTakesNothingFromANetworkThatHasMovedOn() {
    var model = TrainsWithCheckpoints.model(1);
    model.fit(TrainsWithCheckpoints.data(), options(2));
    model.fit(TrainsWithCheckpoints.data(), 1);
    INDArray learnt = model.network().params().dup();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.fit(TrainsWithCheckpoints.data(), options(2)))
        .withMessageContaining(
            "is of a training that came to its end. It began at iteration 0, but")
        .withMessageContaining("the network is at iteration 24");
    assertThat(model.network().params()).isEqualTo(learnt);
  }

  private static ProtectedModel<ComputationGraph> graph() {
    return ProtectedModel.create(
        List.of(WatermarkSpec.of(0, 1, 0.2)),
        OwnerKey.insecureFromSeed(1),
        SmallNetworks.convolutionalGraph(7));
  }

  @Test
  void dataForSeveralInputsGoOnAndAreToldApartToo() {
    MultiDataSetIterator data = new MultiDataSetIteratorAdapter(TrainsWithCheckpoints.data());
    AtomicBoolean stop = new AtomicBoolean();
    graph()
        .fit(
            data,
            options(2)
                .withProgress(progress -> stop.set(progress.epoch() == 2))
                .withCancel(stop::get));
    assertThat(graph().fit(data, options(2)).epochs()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph().fit(data, "in", options(2)))
        .withMessageContaining("it differs in marked input (there ");
    MultiDataSetIterator other =
        new MultiDataSetIteratorAdapter(ImageSets.drawn(20, 1, 9).train().iterator(25));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph().fit(other, options(2)))
        .withMessageContaining("it differs in data (there ");
  }

  @Test
  void refusesADamagedCheckpoint() throws IOException {
    Files.createDirectories(directory.resolve("c"));
    Files.writeString(directory.resolve("c").resolve("checkpoint.zip"), "not a zip");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TrainsWithCheckpoints.model(1).fit(TrainsWithCheckpoints.data(), options(1)))
        .withMessageContaining("is damaged; delete it");
  }

  /** As a kill, but at a known epoch. */
  @Test
  void goesOnWithWhatAListenerChanged() {
    TrainingOptions whole = options(8).withListener(new RaisesCoupling());
    var uninterrupted = TrainsWithCheckpoints.model(1);
    TrainingReport report =
        uninterrupted.fit(
            TrainsWithCheckpoints.data(),
            whole.withCheckpoints(directory.resolve("uninterrupted")));
    AtomicBoolean stop = new AtomicBoolean();
    TrainsWithCheckpoints.model(1)
        .fit(
            TrainsWithCheckpoints.data(),
            whole.withProgress(progress -> stop.set(progress.epoch() == 5)).withCancel(stop::get));
    var resumed = TrainsWithCheckpoints.model(1);
    TrainingReport rest = resumed.fit(TrainsWithCheckpoints.data(), whole);
    assertThat(rest.epochs()).hasSize(4);
    assertThat(report.method().recipe().coupling())
        .isCloseTo(Method.DEFAULT.recipe().coupling() + 10 * 0.02, within(1e-9));
    assertThat(rest.method()).isEqualTo(report.method());
    assertThat(resumed.network().params()).isEqualTo(uninterrupted.network().params());
  }

  private TrainingOptions options(int epochs) {
    return TrainingOptions.epochs(epochs)
        .withProgress(progress -> {})
        .withCheckpoints(directory.resolve("c"));
  }
}
