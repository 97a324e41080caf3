package org.meadefender.junit;

import org.meadefender.verify.OwnershipVerdict;

/**
 * Entry to AssertJ assertions on verdicts: {@code
 * assertThat(verdict).isOwned().hasWsrOfAtLeast(0.7)}.
 *
 * <p>Needs {@code org.assertj:assertj-core} on the class path of the tests.
 */
public final class VerdictAssertions {
  private VerdictAssertions() {}

  /** Starts an assertion; a failing one shows the verdict with all figures. */
  public static VerdictAssert assertThat(OwnershipVerdict verdict) {
    return new VerdictAssert(verdict);
  }
}
