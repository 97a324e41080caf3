package org.meadefender.junit;

import org.assertj.core.api.AbstractAssert;
import org.meadefender.verify.OwnershipVerdict;

/** AssertJ assertions on a verdict; a failing one shows the verdict with all figures. */
public final class VerdictAssert extends AbstractAssert<VerdictAssert, OwnershipVerdict> {
  VerdictAssert(OwnershipVerdict verdict) {
    super(verdict, VerdictAssert.class);
  }

  /**
   * The suspect carries the watermark.
   *
   * @throws AssertionError if that is not proven
   */
  public VerdictAssert isOwned() {
    return is(OwnershipVerdict.Owned.class);
  }

  /**
   * The suspect answers as unrelated models do.
   *
   * @throws AssertionError if that is not so, or stays open
   */
  public VerdictAssert isNotOwned() {
    return is(OwnershipVerdict.NotOwned.class);
  }

  /**
   * No verdict is possible.
   *
   * @param reason words of the reason
   * @throws AssertionError if there is a verdict, or for another reason
   */
  public VerdictAssert isInconclusive(String reason) {
    is(OwnershipVerdict.Inconclusive.class);
    if (!((OwnershipVerdict.Inconclusive) actual).reason().contains(reason)) {
      throw failure("Expected the reason to contain \"%s\", but it is%n%s", reason, actual);
    }
    return this;
  }

  /**
   * The watermark success rate is at least this high.
   *
   * @param least from 0 to 1
   * @throws AssertionError if it is lower, or was not measured
   */
  public VerdictAssert hasWsrOfAtLeast(double least) {
    isNotNull();
    double rate = actual.figures().watermarkSuccessRate();
    if (!(rate >= least)) {
      throw failure(
          "Expected a WSR of at least %.1f %%, but it is %.1f %%%n%s",
          100 * least, 100 * rate, actual);
    }
    return this;
  }

  private VerdictAssert is(Class<? extends OwnershipVerdict> kind) {
    isNotNull();
    if (!kind.isInstance(actual)) {
      throw failure("Expected the verdict %s, but it is%n%s", kind.getSimpleName(), actual);
    }
    return this;
  }
}
