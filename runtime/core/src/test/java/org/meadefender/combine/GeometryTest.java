package org.meadefender.combine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeometryTest {
  private static final RandomGenerator RANDOM = new Random(1);
  private static final SampleShape IMAGE = new SampleShape(2, 4, 4, 1);

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }

  /** The result where A is all 1 and B is all 0: the mask, once per plane. */
  private static float[] mask(Combiner combiner, SampleShape shape) {
    return combiner.combine(filled(shape.length(), 1), filled(shape.length(), 0), shape, RANDOM);
  }

  @Test
  void splitPutsAOnOneSideInEveryChannel() {
    float[] plane = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0};
    float[] both = new float[32];
    System.arraycopy(plane, 0, both, 0, 16);
    System.arraycopy(plane, 0, both, 16, 16);
    assertThat(mask(new Geometry.Split(false, 0.25, 0, true), IMAGE)).containsExactly(both);
    assertThat(mask(new Geometry.Split(true, 0.5, 0, false), new SampleShape(1, 2, 2, 1)))
        .containsExactly(0, 0, 1, 1);
  }

  @Test
  void splitMovesItsCutFromRowToRow() {
    Geometry.Split split = new Geometry.Split(false, 0.5, 0.25, true);
    SampleShape line = new SampleShape(1, 1, 100, 1);
    Random random = new Random(4);
    int[] cuts = new int[200];
    for (int i = 0; i < cuts.length; i++) {
      float[] mask = split.mask(line, random);
      for (float each : mask) {
        cuts[i] += (int) each;
      }
    }
    assertThat(Arrays.stream(cuts).min().getAsInt()).isBetween(24, 30);
    assertThat(Arrays.stream(cuts).max().getAsInt()).isBetween(70, 76);
  }

  @Test
  void stripesTakeTurns() {
    Geometry.Stripes stripes =
        new Geometry.Stripes(false, List.of(true, false, false, true, false));
    assertThat(mask(stripes, new SampleShape(1, 2, 5, 1)))
        .containsExactly(1, 0, 0, 1, 0, 1, 0, 0, 1, 0);
    assertThat(mask(new Geometry.Stripes(true, stripes.ofA()), new SampleShape(1, 5, 1, 1)))
        .containsExactly(1, 0, 0, 1, 0);
    assertThat(mask(stripes, SampleShape.of(new long[] {1, 10})))
        .containsExactly(1, 1, 0, 0, 0, 0, 1, 1, 0, 0);
  }

  @Test
  void mergeIsTheWeightedMean() {
    float[] a = {1, 2};
    float[] b = {3, -2};
    assertThat(new Geometry.Merge(0.25).combine(a, b, new SampleShape(1, 1, 2, 1), RANDOM))
        .containsExactly(2.5f, -1);
    assertThat(a).containsExactly(1, 2);
  }

  @Test
  void vectorsAreCutAlongTheirFeaturesAndSequencesAlongTime() {
    Geometry.Split split = new Geometry.Split(true, 0.5, 0, true);
    assertThat(mask(split, SampleShape.of(new long[] {1, 4}))).containsExactly(1, 1, 0, 0);
    assertThat(mask(split, SampleShape.of(new long[] {1, 2, 4})))
        .containsExactly(1, 1, 0, 0, 1, 1, 0, 0);
    assertThat(mask(split, SampleShape.of(new long[] {1, 1, 4}))).containsExactly(1, 1, 0, 0);
  }

  @Test
  void channelsLastImagesAreCutPixelByPixel() {
    SampleShape shape = new SampleShape(1, 1, 2, 3);
    assertThat(mask(new Geometry.Split(false, 0.5, 0, true), shape))
        .containsExactly(1, 1, 1, 0, 0, 0);
  }

  static Stream<Combiner> all() {
    return Stream.of(true, false)
        .flatMap(
            flag ->
                Stream.of(
                    new Geometry.Split(flag, 0.4, 0.05, flag),
                    new Geometry.Split(!flag, 0.4, 0.05, flag),
                    new Geometry.Diagonal(true, flag),
                    new Geometry.Diagonal(false, flag),
                    new Geometry.Patch(0.6, flag),
                    new Geometry.Band(true, 0.4, flag),
                    new Geometry.Band(false, 0.4, flag),
                    new Geometry.Stripes(flag, List.of(true, false, flag, true, false)),
                    new Geometry.Merge(0.3)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void statesItsShareOfA(Combiner combiner) {
    SampleShape large = new SampleShape(1, 64, 64, 1);
    double share = 0;
    int draws = 200;
    for (int i = 0; i < draws; i++) {
      for (float each : mask(combiner, large)) {
        share += each / large.cells() / draws;
      }
    }
    assertThat(share).isBetween(combiner.shareOfA() - 0.02, combiner.shareOfA() + 0.02);
  }
}
