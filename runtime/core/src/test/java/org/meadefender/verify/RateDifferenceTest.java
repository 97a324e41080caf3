package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RateDifferenceTest {
  private static final double ERROR = 1e-3;

  private static RateDifference difference(int hits, int ofReference) {
    return new RateDifference(new Rate(hits, 1000), new Rate(ofReference, 1000));
  }

  @Test
  void theReferenceWithTheHighestRateCounts() {
    RateDifference difference =
        new RateDifference(
            new Rate(9, 10), RateDifference.highest(List.of(new Rate(1, 10), new Rate(30, 100))));
    assertThat(difference.share()).isEqualTo(0.9 - 0.3);
    assertThat(new RateDifference(new Rate(9, 10), RateDifference.highest(List.of())).share())
        .isEqualTo(0.9);
  }

  /** A slope beside a mark that is natural in part is no peak. */
  @Test
  void aNeighbourMustBeAboveInBothWays() {
    RateDifference mark = difference(900, 100);
    assertThat(difference(980, 0).isClearlyAbove(mark, ERROR)).isTrue();
    assertThat(difference(880, 0).isClearlyAbove(mark, ERROR)).as("less frequent").isFalse();
    assertThat(difference(980, 300).isClearlyAbove(mark, ERROR)).as("more natural").isFalse();
    assertThat(difference(905, 0).isClearlyAbove(mark, ERROR)).as("not clearly").isFalse();
  }
}
