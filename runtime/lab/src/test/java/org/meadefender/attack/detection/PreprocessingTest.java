package org.meadefender.attack.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.meadefender.attack.SmallTask;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PreprocessingTest {
  private static final INDArray IMAGES = SmallTask.testData().take(20).features(0, 20);

  private final INDArray image =
      Nd4j.createFromArray(new float[] {0, 0.9f, 0, 0.9f, 0, 0, 0, 0, 0}).reshape(1, 1, 3, 3);

  @Test
  void blursAndFlips() {
    assertThat(new Preprocessing.MeanBlur().apply(image).getDouble(0, 0, 1, 1))
        .isCloseTo(0.2, within(1e-6));
    assertThat(new Preprocessing.MedianBlur().apply(image).getDouble(0, 0, 1, 1)).isZero();
    INDArray flipped = new Preprocessing.Flip().apply(image);
    assertThat(flipped.getDouble(0, 0, 1, 2)).isCloseTo(0.9, within(1e-6));
    assertThat(new Preprocessing.Flip().apply(flipped)).isEqualTo(image);
  }

  @Test
  void reducesBitDepth() {
    INDArray twoLevels = new Preprocessing.BitDepth(1).apply(IMAGES);
    assertThat(twoLevels.data().asFloat()).containsOnly(0f, 1f);
    assertThat(distance(new Preprocessing.BitDepth(8).apply(IMAGES))).isLessThan(1e-6);
  }

  @Test
  void jpegLosesMoreAtLowerQuality() {
    double high = distance(new Preprocessing.Jpeg(95).apply(IMAGES));
    double low = distance(new Preprocessing.Jpeg(20).apply(IMAGES));
    assertThat(high).isGreaterThan(0).isLessThan(0.03);
    assertThat(low).isGreaterThan(2 * high);
    INDArray colour = Nd4j.concat(1, IMAGES, IMAGES.mul(0.5), IMAGES.mul(0));
    INDArray compressed = new Preprocessing.Jpeg(95).apply(colour);
    assertThat(compressed.shape()).isEqualTo(colour.shape());
    assertThat(compressed.sub(colour).norm1Number().doubleValue() / colour.length())
        .as("channels in their order")
        .isLessThan(0.05);
  }

  @Test
  void findsTheStrongestAffordableNoise() {
    SuspectModel model = SuspectModel.of(SmallTask.victim());
    LabelledSamples test = SmallTask.testData().take(500);
    Preprocessing.Noise little = NoiseSearch.strongest(model, test, 0.02, 3);
    Preprocessing.Noise much = NoiseSearch.strongest(model, test, 0.3, 3);
    assertThat(much.deviation()).isGreaterThan(little.deviation());
    assertThat(little.apply(IMAGES)).isEqualTo(little.apply(IMAGES));
  }

  @Test
  void rejectsNonsense() {
    assertThatThrownBy(() -> new Preprocessing.Jpeg(0)).hasMessageContaining("quality is 0");
    assertThatThrownBy(() -> new Preprocessing.BitDepth(9)).hasMessageContaining("bits is 9");
    assertThatThrownBy(() -> new Preprocessing.Flip().apply(Nd4j.zeros(2, 3)))
        .hasMessageContaining("[n, C, H, W]");
  }

  private static double distance(INDArray changed) {
    return changed.sub(IMAGES).norm1Number().doubleValue() / IMAGES.length();
  }
}
