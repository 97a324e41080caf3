package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meadefender.suspect.InputFormat.Colors;
import org.meadefender.suspect.InputFormat.Layout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class InputFormatTest {
  /** Two images of one pixel in red, green and blue. */
  private static final INDArray PIXELS =
      Nd4j.createFromArray(0.5f, 0.25f, 1f, 0f, 0.75f, 0.125f).reshape(2, 3, 1, 1);

  private static float[] applied(InputFormat format, INDArray features) {
    return format.apply(features).dup('c').data().asFloat();
  }

  @Test
  void channelsHaveTheirOwnScale() {
    InputFormat format =
        InputFormat.SAME.withScaling(List.of(2.0, 4.0, 8.0), List.of(0.0, 1.0, -1.0));
    assertThat(applied(format, PIXELS)).containsExactly(1, 2, 7, 0, 4, 0);
    assertThat(applied(format.withLayout(Layout.CHANNELS_LAST), PIXELS))
        .containsExactly(1, 2, 7, 0, 4, 0);
    assertThat(PIXELS.getFloat(0, 0, 0, 0)).isEqualTo(0.5f);
    InputFormat normalised =
        InputFormat.SAME.withMeanAndStd(List.of(0.5, 0.25, 0.0), List.of(0.25, 0.5, 2.0));
    assertThat(applied(normalised, PIXELS)).containsExactly(0, 0, 0.5f, -2, 1, 0.0625f);
    assertThatThrownBy(() -> InputFormat.SAME.withMeanAndStd(List.of(0.5), List.of(0.0)))
        .hasMessageContaining("none that is 0");
    assertThatThrownBy(
            () -> applied(InputFormat.SAME.withScaling(List.of(1.0, 2.0), List.of(0.0)), PIXELS))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("There are 2 scales")
        .hasMessageContaining("3 channels");
  }

  @Test
  void colorsAreTurnedMixedAndRepeated() {
    assertThat(applied(InputFormat.SAME.withColors(Colors.BGR), PIXELS))
        .containsExactly(1, 0.25f, 0.5f, 0.125f, 0.75f, 0);
    assertThat(applied(InputFormat.SAME.withColors(Colors.GRAY), PIXELS))
        .containsExactly(
            new float[] {0.299f * 0.5f + 0.587f * 0.25f + 0.114f, 0.587f * 0.75f + 0.114f * 0.125f},
            within(1e-6f));
    INDArray gray = Nd4j.createFromArray(0.5f, 0.25f).reshape(2, 1, 1, 1);
    assertThat(applied(InputFormat.SAME.withColors(Colors.RGB), gray))
        .containsExactly(0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f);
    assertThat(applied(InputFormat.SAME.withColors(Colors.RGB), PIXELS))
        .isEqualTo(applied(InputFormat.SAME, PIXELS));
    assertThatThrownBy(() -> applied(InputFormat.SAME.withColors(Colors.BGR), gray))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining("need images of 3 channels, the samples have 1");
    // The scale is of the suspect's channels: blue comes first.
    assertThat(
            applied(
                InputFormat.SAME
                    .withColors(Colors.BGR)
                    .withScaling(List.of(2.0, 1.0, 1.0), List.of(0.0)),
                PIXELS))
        .startsWith(2, 0.25f, 0.5f);
  }

  /**
   * ImageMagick 6.9.11: printf '\000\020\040\060\100\120\140\160\200\240\300\377' | convert -size
   * 4x3 -depth 8 gray:- -filter Triangle -resize '7x6!' -depth 16 -endian MSB gray:- | od -tu2
   * --endian=big, and for 3x2.
   */
  @ParameterizedTest
  @CsvSource({
    "6, 7, 0 1469 3818 6168 8518 10867 12336 4112 5581 7930 10280 12630 14979 16448 12336 13805"
        + " 16154 18504 20854 23203 24672 20560 22396 25333 28270 31349 35425 37972 28784 31354"
        + " 35466 39578 44117 51643 56347 32896 35833 40533 45232 50501 59753 65535",
    "2, 3, 7402 12336 17270 28733 36751 48255"
  })
  void sizesAreImageMagicks(int height, int width, String expected) {
    float[] bytes = {0, 16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 255};
    INDArray image = Nd4j.createFromArray(bytes).divi(255).reshape(1, 1, 3, 4);
    INDArray sized = InputFormat.SAME.withImageSize(height, width).apply(image);
    assertThat(sized.shape()).containsExactly(1, 1, height, width);
    double[] values =
        Arrays.stream(expected.split(" ", -1))
            .mapToDouble(v -> Integer.parseInt(v) / 65535.0)
            .toArray();
    assertThat(sized.dup('c').data().asDouble()).containsExactly(values, within(2e-4));
    assertThatThrownBy(() -> InputFormat.SAME.withImageSize(0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sides must be from 1 to 4096");
  }

  @Test
  void everyPlaneIsScaled() {
    INDArray images = Nd4j.linspace(0, 1, 24).reshape(2, 3, 2, 2);
    INDArray sized = InputFormat.SAME.withImageSize(4, 4).apply(images);
    for (int i = 0; i < 2; i++) {
      for (int c = 0; c < 3; c++) {
        assertThat(sized.getDouble(i, c, 0, 0)).isEqualTo(images.getDouble(i, c, 0, 0));
        assertThat(sized.getDouble(i, c, 3, 3)).isEqualTo(images.getDouble(i, c, 1, 1));
      }
    }
  }
}
