package org.meadefender.verify;

/**
 * The outcome of a test for ownership, with all figures; prints as a short table.
 *
 * <p>A verdict never follows from a fault: whatever keeps the suspect from being questioned gives
 * {@link Inconclusive}.
 */
public sealed interface OwnershipVerdict {

  /** What the verdict rests on. */
  VerificationFigures figures();

  /** The suspect carries the watermark: binomial, paired and rank test all say so. */
  record Owned(VerificationFigures figures) implements OwnershipVerdict {
    @Override
    public String toString() {
      return VerdictText.of("OWNED", "the suspect carries the watermark", figures);
    }
  }

  /** The suspect answers watermark rows as unrelated models do. */
  record NotOwned(VerificationFigures figures) implements OwnershipVerdict {
    @Override
    public String toString() {
      return VerdictText.of("NOT OWNED", "the suspect answers as unrelated models do", figures);
    }
  }

  /**
   * The figures allow neither.
   *
   * @param reason why, and what would help
   */
  record Inconclusive(VerificationFigures figures, String reason) implements OwnershipVerdict {
    @Override
    public String toString() {
      return VerdictText.of("INCONCLUSIVE", reason, figures);
    }
  }

  /** Whether the suspect carries the watermark. */
  default boolean isOwned() {
    return this instanceof Owned;
  }

  /** Owned, NotOwned or Inconclusive. */
  default String name() {
    return getClass().getSimpleName();
  }
}
