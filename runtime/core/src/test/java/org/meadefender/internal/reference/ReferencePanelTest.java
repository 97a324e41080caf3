package org.meadefender.internal.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.reference.PanelCache;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ReferencePanelTest {
  private static final int CLASSES = 3;

  @TempDir Path directory;

  /** Classes differ in which of their values is large. */
  private static TaskSamples samples(long[] batchShape, int length, int perClass, long seed) {
    Random random = new Random(seed);
    List<float[]> samples = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < perClass * CLASSES; i++) {
      float[] sample = new float[length];
      for (int j = 0; j < length; j++) {
        sample[j] = 100 + 20 * random.nextFloat() + (j % CLASSES == i % CLASSES ? 15 : 0);
      }
      samples.add(sample);
      labels.add(i % CLASSES);
    }
    return new TaskSamples(batchShape, CLASSES, samples, labels);
  }

  private static TaskSamples vectors(long seed) {
    return samples(new long[] {1, 9}, 9, 40, seed);
  }

  private static INDArray answers(ReferencePanel panel, TaskSamples asked) {
    INDArray sum = Nd4j.zeros(asked.size(), CLASSES);
    panel.members().forEach(member -> sum.addi(member.model().predict(asked.features())));
    return sum;
  }

  @Test
  void membersAreDiverseAndLearnTheTask() {
    ReferencePanel panel = ReferencePanel.train(vectors(1), PanelCache.none());
    assertThat(panel.isSufficient()).isTrue();
    assertThat(panel.members().stream().map(each -> each.description().architecture()).distinct())
        .hasSizeGreaterThanOrEqualTo(4);
    assertThat(panel.members().stream().map(each -> each.description().seed()))
        .doesNotHaveDuplicates();
    assertThat(panel.description().accuracy()).isGreaterThan(0.8);
    assertThat(panel.description().dataDigest()).isEqualTo(vectors(1).digest());
    INDArray first = panel.members().get(0).model().predict(vectors(2).features());
    assertThat(first.shape()).containsExactly(120, CLASSES);
    assertThat(
            first.equalsWithEps(
                panel.members().get(1).model().predict(vectors(2).features()), 1e-3))
        .isFalse();
  }

  @Test
  void theCacheGivesTheSameNetworks() throws IOException {
    TaskSamples samples = vectors(3);
    PanelCache cache = PanelCache.in(directory);
    INDArray trained = answers(ReferencePanel.train(samples, cache), vectors(4));
    List<Path> kept;
    try (Stream<Path> files = Files.walk(directory)) {
      kept = files.filter(Files::isRegularFile).toList();
    }
    assertThat(kept).hasSize(ReferencePanel.MEMBERS);
    // One is damaged, and trained again.
    Files.writeString(kept.get(0), "no zip");
    ReferencePanel.forgetRecent();
    INDArray again = answers(ReferencePanel.train(samples, cache), vectors(4));
    assertThat(again.equalsWithEps(trained, 0)).isTrue();
    assertThat(Files.size(kept.get(0))).isGreaterThan(100);
  }

  @Test
  void otherSamplesGiveAnotherPanel() {
    assertThat(vectors(5).digest()).isNotEqualTo(vectors(6).digest());
    TaskSamples one = vectors(5);
    List<Integer> relabelled = new ArrayList<>(one.labels());
    Collections.swap(relabelled, 0, 1);
    assertThat(new TaskSamples(one.batchShape(), CLASSES, one.samples(), relabelled).digest())
        .isNotEqualTo(one.digest());
  }

  @Test
  void sequencesAndImagesOfBothLayoutsAreLearnt() {
    for (long[] shape : new long[][] {{1, 3, 6}, {1, 3, 6, 6}, {1, 6, 6, 3}}) {
      int length = (int) (shape[1] * shape[2] * (shape.length > 3 ? shape[3] : 1));
      TaskSamples samples = samples(shape, length, 30, 7);
      ReferencePanel panel = ReferencePanel.train(samples, PanelCache.none());
      assertThat(panel.isSufficient()).as("%s", (Object) shape).isTrue();
    }
  }

  @Test
  void aHandfulOfSamplesIsNoPanel() {
    assertThat(ReferencePanel.lacking(samples(new long[] {1, 9}, 9, 11, 1)).orElse(""))
        .contains("11 samples of the rarest class", "at least 12");
    assertThat(ReferencePanel.lacking(samples(new long[] {1, 9}, 9, 12, 1))).isEmpty();
    assertThat(ReferencePanel.lacking(new TaskSamples(new long[] {1, 9}, 3, List.of(), List.of())))
        .isPresent();
  }

  /** Labels that say nothing of the samples: nothing can be learnt. */
  @Test
  void membersThatLearnNothingAreLeftOut() {
    TaskSamples one = vectors(8);
    List<Integer> shuffled = new ArrayList<>(one.labels());
    Collections.shuffle(shuffled, new Random(1));
    TaskSamples noise = new TaskSamples(one.batchShape(), CLASSES, one.samples(), shuffled);
    assertThat(ReferencePanel.train(noise, PanelCache.none()).isSufficient()).isFalse();
  }

  @Test
  void suppliedModelsJoin() {
    ReferencePanel panel = ReferencePanel.none().with(Collections.nCopies(8, features -> features));
    assertThat(panel.isSufficient()).isTrue();
    assertThat(
            ReferencePanel.none().with(Collections.nCopies(7, features -> features)).isSufficient())
        .isFalse();
    assertThat(panel.description().members().get(0).architecture()).isEqualTo("supplied");
    assertThat(panel.description().accuracy()).isNaN();
  }

  @Test
  void anInterruptEndsIt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> ReferencePanel.train(vectors(9), PanelCache.none()))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Dropout of a training that goes on draws from the same numbers. */
  @Test
  void randomNumbersStayAsTheyWere() {
    Nd4j.getRandom().setSeed(5);
    float expected = Nd4j.rand(1, 1).getFloat(0);
    Nd4j.getRandom().setSeed(5);
    ReferencePanel.train(vectors(10), PanelCache.none());
    assertThat(Nd4j.rand(1, 1).getFloat(0)).isEqualTo(expected);
  }
}
