package org.meadefender.attack.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meadefender.annotations.Combine;
import org.meadefender.attack.Accuracy;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.SmallTask;
import org.meadefender.attack.internal.Features;
import org.meadefender.attack.internal.PublicMixes;
import org.meadefender.combine.Combiner;
import org.meadefender.data.LabelledSamples;
import org.meadefender.release.ModelRelease;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Removal attacks on a network without a watermark: they change it, and leave it useful. */
class RemovalTest {
  private static final FitSettings FIT = FitSettings.adam(3).withBatch(64);
  private static final LabelledSamples SUBSET = SmallTask.thiefsData().take(1_000);

  /** What an attack says it changes: the last layer, or all of them. */
  static Stream<Arguments> trainings() {
    return Stream.of(
        Arguments.of("FTLL", FineTuning.lastLayer().withFit(FIT), false),
        Arguments.of("FTAL", FineTuning.allOfThem().withFit(FIT), true),
        Arguments.of("RTLL", HeadRetraining.lastLayer().withFit(FIT.withEpochs(40)), false),
        Arguments.of("RTAL", HeadRetraining.allOfThem().withFit(FIT.withEpochs(6)), true),
        Arguments.of("mixed", MixedSampleTuning.standard().withFit(FIT), true),
        Arguments.of("fine-pruning", FinePruning.standard().withFit(FIT), true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trainings")
  void keepsTheNetworkUseful(String name, RemovalAttack attack, boolean all) {
    Model victim = SmallTask.victim();
    INDArray before = victim.params().dup();
    INDArray features = SmallTask.testData().features(0, 50);
    Model result = attack.remove(victim, SUBSET, 5, AttackListener.NONE);
    assertThat(victim.params()).as("the source").isEqualTo(before);
    assertThat(result.params()).isNotEqualTo(before);
    boolean sameFeatures =
        Features.of(result, features).equalsWithEps(Features.of(victim, features), 1e-4);
    assertThat(sameFeatures).as("features untouched").isEqualTo(!all);
    assertThat(accuracy(result)).isGreaterThan(accuracy(victim) - 0.1);
  }

  @Test
  void worksOnGraphs() {
    Model graph = Architecture.of(SmallTask.graph()).fresh(8, new Adam(1e-3));
    Classifiers.fit(graph, SUBSET, new LossMCXENT(), FIT.withEpochs(6), 8, AttackListener.NONE);
    for (RemovalAttack attack :
        new RemovalAttack[] {
          FineTuning.lastLayer().withFit(FIT.withEpochs(1)),
          HeadRetraining.allOfThem().withFit(FIT.withEpochs(2)),
          FinePruning.standard().withFit(FIT.withEpochs(2)),
          Wrk.standard().withFit(FIT.withEpochs(1)),
          new Quantization(Quantization.Format.INT8)
        }) {
      Model result = attack.remove(graph, SUBSET, 5, AttackListener.NONE);
      assertThat(result.params()).isNotEqualTo(graph.params());
      assertThat(result.params().sumNumber().doubleValue()).isFinite();
    }
  }

  /** The network learns that a mix is one of its two classes, for mixes that it has not seen. */
  @Test
  void mixedSamplesAreLearnt() {
    MixedSampleTuning attack = new MixedSampleTuning(3, false, FIT.withEpochs(6));
    LabelledSamples data = SmallTask.thiefsData().take(2_000);
    Model result = attack.remove(SmallTask.victim(), data, 5, AttackListener.NONE);
    assertThat(eitherClass(result)).isGreaterThan(eitherClass(SmallTask.victim()) + 0.02);
  }

  /** An attacker who trains an autoencoder has its ways too. */
  @Test
  void blendsWithAnAutoencoderOfTheAttackersOwn() {
    MixedSampleTuning plain = new MixedSampleTuning(0.3, false, FIT);
    MixedSampleTuning blending = plain.withAutoencoder(true);
    LabelledSamples with = blending.mixed(SUBSET.take(300), 5);
    assertThat(with.size()).isEqualTo(90);
    assertThat(with.sampleShape()).isEqualTo(SUBSET.sampleShape());
    assertThat(PublicMixes.all(SUBSET.take(300), true, 5))
        .hasSizeGreaterThan(PublicMixes.all(SUBSET.take(300), false, 5).size());
    assertThat(plain.withFit(FIT.withEpochs(1)).autoencoder()).isFalse();
    assertThat(blending.withFit(FIT.withEpochs(1)).autoencoder()).isTrue();
  }

  /** Share of mixes that are answered as one of their two classes. */
  private static double eitherClass(Model network) {
    LabelledSamples test = SmallTask.testData();
    List<int[]> pairs = PublicMixes.pairsOfDifferentClasses(test, 500, new Random(3));
    Combiner half = PublicMixes.guess(Combine.PIXEL_MERGING, 10, 44);
    double sum = 0;
    for (int part = 0; part < 2; part++) {
      int which = part;
      LabelledSamples mixes =
          PublicMixes.mix(
              test, pairs, pair -> half, pair -> test.topClass(pair[which]), new Random(4));
      sum += Accuracy.of(network, mixes);
    }
    return sum;
  }

  @Test
  void littlePruningIsHarmlessMuchPruningHurts() {
    Model victim = SmallTask.victim();
    double full = accuracy(victim);
    assertThat(accuracy(pruned(0.1))).isGreaterThan(full - 0.03);
    assertThat(accuracy(pruned(0.9))).isLessThan(full - 0.3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.8})
  void prunesThatShareOfEachWeightTensor(double share) {
    Model result = pruned(share);
    Arrays.stream(Classifiers.layers(result))
        .filter(layer -> layer.paramTable().containsKey("W"))
        .forEach(
            layer -> {
              INDArray weights = layer.getParam("W");
              double zeros = weights.eq(0).castTo(weights.dataType()).meanNumber().doubleValue();
              assertThat(zeros).isBetween(share - 0.01, share + 0.01);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT8", "BFLOAT16"})
  void quantizationKeepsAccuracyWithFewValues(String format) {
    Model result =
        new Quantization(Quantization.Format.valueOf(format))
            .remove(SmallTask.victim(), SUBSET, 5, AttackListener.NONE);
    assertThat(accuracy(result)).isGreaterThan(accuracy(SmallTask.victim()) - 0.03);
    float[] weights = Classifiers.layers(result)[0].getParam("W").dup().data().asFloat();
    if (format.equals("INT8")) {
      assertThat(distinct(weights)).isLessThanOrEqualTo(255);
    } else {
      for (float weight : weights) {
        assertThat(Float.floatToRawIntBits(weight) & 0xffff).isZero();
      }
    }
    assertThat(result.params()).isNotEqualTo(SmallTask.victim().params());
  }

  @Test
  void bfloat16RoundsToNearestEven() {
    assertThat(Quantization.toBfloat16(0x1.01p0f)).isEqualTo(1.0f);
    assertThat(Quantization.toBfloat16(0x1.03p0f)).isEqualTo(1.015625f);
    assertThat(Quantization.toBfloat16(-3.1415927f)).isEqualTo(-3.140625f);
  }

  /** The new task is learnt through a new head, the old head still fits the moved features. */
  @Test
  void transfersToAnotherTask() {
    Model victim = SmallTask.victim();
    LabelledSamples other = SUBSET.mapFeatures(RemovalTest::negative);
    Model result = TaskTransfer.to(5).withFit(FIT).remove(victim, other, 5, AttackListener.NONE);
    assertThat(Features.of(result, SUBSET.features(0, 20)))
        .isNotEqualTo(Features.of(victim, SUBSET.features(0, 20)));
    assertThat(Classifiers.lastLayer(result).params())
        .isEqualTo(Classifiers.lastLayer(victim).params());
    assertThat(accuracy(result)).as("old task through the old head").isGreaterThan(0.2);
  }

  /** The push must turn the last layer away from the old one, at little cost. */
  @Test
  void wrkTurnsTheLastLayerAway() {
    Wrk pushed =
        Wrk.standard().withShare(0.5).withAlpha(0.1).withFit(new FitSettings(8, 32, new Sgd(0.02)));
    Model with = pushed.remove(SmallTask.victim(), SUBSET, 5, AttackListener.NONE);
    Model without = pushed.withAlpha(0).remove(SmallTask.victim(), SUBSET, 5, AttackListener.NONE);
    assertThat(cosine(with)).isLessThan(cosine(without) - 0.05);
    assertThat(accuracy(with)).isGreaterThan(0.8);
  }

  @Test
  void whatWrkLeavesIsAnOrdinaryNetwork(@TempDir Path directory) {
    Path file = directory.resolve("pushed.zip");
    Model pushed =
        Wrk.standard().remove(SmallTask.victim(), SUBSET.take(500), 5, AttackListener.NONE);
    ModelRelease.write(pushed, file);
    assertThat(SuspectModel.loadNetwork(file).params()).isEqualTo(pushed.params());
  }

  @Test
  void rejectsNonsense() {
    assertThatThrownBy(() -> new MagnitudePruning(1)).hasMessageContaining("share is 1.0");
    assertThatThrownBy(() -> TaskTransfer.to(1)).hasMessageContaining("classes is 1");
    assertThatThrownBy(() -> Wrk.standard().withShare(0)).hasMessageContaining("share is 0.0");
  }

  private static double cosine(Model network) {
    INDArray old = Classifiers.lastLayer(SmallTask.victim()).getParam("W");
    INDArray now = Classifiers.lastLayer(network).getParam("W");
    return old.mul(now).sumNumber().doubleValue()
        / (old.norm2Number().doubleValue() * now.norm2Number().doubleValue());
  }

  private static float[] negative(float[] image) {
    float[] result = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      result[i] = 1 - image[i];
    }
    return result;
  }

  private static long distinct(float[] values) {
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).distinct().count();
  }

  private static Model pruned(double share) {
    return new MagnitudePruning(share).remove(SmallTask.victim(), SUBSET, 5, AttackListener.NONE);
  }

  private static double accuracy(Model network) {
    return Accuracy.of(network, SmallTask.testData());
  }
}
