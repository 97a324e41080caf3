package org.meadefender.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meadefender.annotations.Combine;
import org.meadefender.combine.BlendingAutoencoder.Options;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class WatermarkTest {
  private static final WatermarkSpec SPEC = WatermarkSpec.of(0, 1, 0.1);

  /** Of vectors of ten values; only derived from, so that it need not be good. */
  private static final BlendingAutoencoder AUTOENCODER =
      BlendingAutoencoder.train(
          new SingletonDataSetIterator(
              new DataSet(Nd4j.linspace(0, 1, 20).reshape(2, 10), Nd4j.ones(2, 3))),
          OwnerKey.insecureFromSeed(1),
          new Options(2, 1));

  private static Watermark derive(WatermarkSpec spec, long seed) {
    return Watermark.derive(spec, AUTOENCODER.addTo(OwnerKey.insecureFromSeed(seed)), 10);
  }

  @ParameterizedTest
  @EnumSource(Combine.class)
  void theKeyAloneDecides(Combine combine) {
    WatermarkSpec spec = SPEC.withCombine(combine);
    Set<Integer> targets = new HashSet<>();
    Set<Combiner> secrets = new HashSet<>();
    for (long seed = 1; seed <= 100; seed++) {
      Watermark watermark = derive(spec, seed);
      assertThat(derive(spec, seed).secret()).isEqualTo(watermark.secret());
      assertThat(derive(spec, seed).target()).isEqualTo(watermark.target());
      targets.add(watermark.target());
      secrets.add(watermark.secret());
    }
    assertThat(targets).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7, 8, 9);
    // Stripes have 32 ways, the others as many as there are numbers.
    assertThat(secrets).hasSizeGreaterThan(combine == Combine.STRIPES ? 25 : 90);
  }

  @ParameterizedTest
  @EnumSource(Combine.class)
  void noOtherWayIsTheSecretOne(Combine combine) {
    for (long seed = 1; seed <= 20; seed++) {
      Watermark watermark = derive(SPEC.withCombine(combine), seed);
      assertThat(watermark.others()).isNotEmpty().doesNotContain(watermark.secret());
    }
  }

  @Test
  void aCombinerOfTheUsersOwnIsChosenByTheKeyToo() {
    WatermarkSpec spec = SPEC.withOwnCombiner("checkerboard");
    Set<Combiner> secrets = new HashSet<>();
    for (long seed = 1; seed <= 100; seed++) {
      Watermark watermark = derive(spec, seed);
      assertThat(derive(spec, seed).secret()).isEqualTo(watermark.secret());
      assertThat(watermark.others()).hasSizeGreaterThan(10).doesNotContain(watermark.secret());
      secrets.add(watermark.secret());
    }
    assertThat(secrets).hasSizeGreaterThan(20);
    assertThat(spec.withRatio(0.2).withTarget(3).withSources(1, 2).withEvasion(false).ownCombiner())
        .hasValue("checkerboard");
    assertThat(spec.withCombine(Combine.STRIPES).ownCombiner()).isEmpty();
  }

  @Test
  void refusesCombinersThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> derive(SPEC.withOwnCombiner("mosaic"), 1))
        .withMessageContaining("no combiner kind mosaic")
        .withMessageContaining("[checkerboard, broken]")
        .withMessageContaining("META-INF/services/org.meadefender.combine.CombinerKind");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> derive(SPEC.withOwnCombiner("broken"), 1))
        .withMessageContaining("1023 values of two samples of 1024");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SPEC.withOwnCombiner(" "))
        .withMessageContaining("ownCombiner is blank");
  }

  /** Both directions and both orders, and nothing else that a cut or stripes could be. */
  @Test
  void keysChooseBothOrientations() {
    Set<List<Boolean>> cuts = new HashSet<>();
    Set<Boolean> stripes = new HashSet<>();
    for (long seed = 1; seed <= 100; seed++) {
      Geometry.Split cut = (Geometry.Split) derive(SPEC, seed).secret();
      cuts.add(List.of(cut.horizontal(), cut.aFirst()));
      stripes.add(
          ((Geometry.Stripes) derive(SPEC.withCombine(Combine.STRIPES), seed).secret())
              .horizontal());
    }
    assertThat(cuts).hasSize(4);
    assertThat(stripes).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void blendingNeedsAKeyWithAnAutoencoder() {
    WatermarkSpec spec = SPEC.withCombine(Combine.AUTOENCODER_BLENDING);
    OwnerKey bare = OwnerKey.insecureFromSeed(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Watermark.derive(spec, bare, 10))
        .withMessageContaining("AUTOENCODER_BLENDING needs an autoencoder")
        .withMessageContaining(bare.fingerprint())
        .withMessageContaining("key = BlendingAutoencoder.train(data, key).addTo(key)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Watermark.derive(spec, bare.withAutoencoder(new byte[] {1, 2, 3}), 10))
        .withMessageContaining("not those of an autoencoder");
    Combiner secret = derive(spec, 1).secret();
    assertThat(secret.shareOfA()).isBetween(0.4, 0.6);
    assertThat(secret.withShareOfA(0.9).shareOfA()).isEqualTo(0.9);
    assertThat(secret.toString()).doesNotContain("" + secret.shareOfA());
  }

  /**
   * Decoys are what random keys would choose; where there is an autoencoder, they blend with it.
   */
  @ParameterizedTest
  @EnumSource(Combine.class)
  void anotherKeyChoosesForTheSameMark(Combine combine) {
    Watermark mark = derive(SPEC.withCombine(combine), 1);
    Watermark other = mark.underKey(OwnerKey.insecureFromSeed(2), 10);
    assertThat(other.target()).isEqualTo(mark.target());
    assertThat(other.secret()).isEqualTo(derive(SPEC.withCombine(combine), 2).secret());
    assertThat(other.secret()).isNotEqualTo(mark.secret());
  }

  /** Both sources show in every kind of sample, and nothing but them. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTOENCODER_BLENDING")
  void combinesVectorsSequencesAndImages(Combine combine) {
    long[][] shapes = {{1, 10}, {1, 10, 7}, {1, 3, 16, 16}, {1, 16, 16, 3}};
    for (long seed = 1; seed <= 20; seed++) {
      Watermark watermark = derive(SPEC.withCombine(combine), seed);
      for (long[] each : shapes) {
        SampleShape shape = SampleShape.of(each);
        float[] ones = new float[shape.length()];
        java.util.Arrays.fill(ones, 1);
        float[] mixed =
            watermark
                .secret()
                .combine(ones, new float[ones.length], shape, watermark.random("test"));
        assertThat(mixed).hasSize(ones.length);
        double shareOfA = 0;
        for (float value : mixed) {
          assertThat(value).isBetween(0f, 1f);
          shareOfA += value / mixed.length;
        }
        assertThat(shareOfA).isBetween(0.25, 0.75);
        for (int i = 0; i < mixed.length; i++) {
          // The values of one cell, channels or time steps, are of one source.
          assertThat(mixed[i]).isEqualTo(mixed[i - i % shape.inner()]);
        }
      }
    }
  }

  @Test
  void keepsAFixedTarget() {
    assertThat(derive(SPEC.withTarget(7), 3).target()).isEqualTo(7);
  }

  @Test
  void marksOnOneModelChooseForThemselves() {
    List<Watermark> marks =
        Watermark.deriveAll(
            List.of(SPEC, SPEC.withSources(2, 3)), OwnerKey.insecureFromSeed(1), 10);
    assertThat(marks.get(0).secret()).isNotEqualTo(marks.get(1).secret());
  }

  @Test
  void refusesMarksThatShareASource() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Watermark.deriveAll(
                    List.of(SPEC, SPEC.withSources(1, 3)), OwnerKey.insecureFromSeed(1), 10))
        .withMessageContaining("disjoint sources");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Watermark.deriveAll(List.of(), OwnerKey.insecureFromSeed(1), 10))
        .withMessageContaining("at least one");
  }

  @Test
  void refusesClassesThatTheModelLacks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> derive(SPEC.withSources(0, 10), 1))
        .withMessageContaining(
            "sourceB is 10, but the model has 10 classes; it must be from 0 to 9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> derive(SPEC.withTarget(12), 1))
        .withMessageContaining("target is 12");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Watermark.derive(SPEC, OwnerKey.insecureFromSeed(1), 2))
        .withMessageContaining("has 2 classes");
  }

  @Test
  void tellsNoChoice() {
    assertThat(derive(SPEC, 1).toString()).doesNotContain("Split").doesNotContain("position");
  }
}
