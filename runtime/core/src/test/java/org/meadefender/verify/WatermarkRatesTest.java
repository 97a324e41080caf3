package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WatermarkRatesTest {
  private static final WatermarkRates RATES =
      new WatermarkRates(new Rate(991, 1000), new Rate(4, 1000), new Rate(0, 0));

  @Test
  void ratesOfTwoWatermarksAddUp() {
    WatermarkRates both =
        RATES.plus(new WatermarkRates(new Rate(9, 1000), new Rate(1, 10), new Rate(3, 30)));
    assertThat(both.watermarkSuccessRate()).isEqualTo(0.5);
    assertThat(both.falsePositiveRate()).isCloseTo(5.0 / 1010, within(1e-12));
    assertThat(both.spillRate()).isEqualTo(0.1);
    assertThat(RATES).hasToString("WSR 99.1 % (991/1000), WFPR 0.4 % (4/1000), spill not measured");
  }

  /** 8 of 10: R's {@code binom.test(8, 10)$conf.int} is 0.4439045 to 0.9747893. */
  @Test
  void intervalsAreClopperPearsons() {
    assertThat(new Rate(8, 10).lower()).isCloseTo(0.4439045, within(1e-6));
    assertThat(new Rate(8, 10).upper()).isCloseTo(0.9747893, within(1e-6));
    assertThat(new Rate(0, 0).lower()).isNaN();
    assertThat(new Rate(0, 0).upper()).isNaN();
  }
}
