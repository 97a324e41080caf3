package org.meadefender.verify;

import java.util.Optional;
import org.meadefender.internal.Json;

/**
 * The outcome of a test for ownership, with all figures; prints as a short table.
 *
 * <p>A verdict never follows from a fault: whatever keeps the suspect from being questioned gives
 * {@link Inconclusive}.
 *
 * <pre>{@code
 * OwnershipVerdict verdict = OwnershipVerifier.verify(specs, key, suspect, heldOut);
 * if (verdict instanceof OwnershipVerdict.Inconclusive inconclusive) {
 *   System.out.println(inconclusive.reason()); // and what would help
 * }
 * Files.writeString(Path.of("verdict.json"), verdict.toJson());
 * }</pre>
 *
 * @since 0.1.0
 */
public sealed interface OwnershipVerdict {

  /** What the verdict rests on. */
  VerificationFigures figures();

  /**
   * The suspect carries the watermark: all tests of one basis say so.
   *
   * @param basis which one; the top class, where both do
   */
  record Owned(VerificationFigures figures, Basis basis) implements OwnershipVerdict {
    @Override
    public String toString() {
      return VerdictText.of("OWNED", "the suspect carries the watermark, by " + basis, figures);
    }
  }

  /**
   * The mark is first among all decoys on the suspect, and above what unrelated models show, but
   * not at alpha. It is worth a second mark or more queries, and no ground for an accusation.
   *
   * @param basis which tests show it
   */
  record Traces(VerificationFigures figures, Basis basis) implements OwnershipVerdict {
    @Override
    public String toString() {
      return VerdictText.of(
          "TRACES",
          "traces of the watermark, by "
              + basis
              + ", that do not suffice for a verdict; ask more rows, or test a second mark",
          figures);
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

  /** Which part of the answers shows the mark; empty where none does. */
  default Optional<Basis> basisOfClaim() {
    if (this instanceof Owned owned) {
      return Optional.of(owned.basis());
    }
    return this instanceof Traces traces ? Optional.of(traces.basis()) : Optional.empty();
  }

  /** Whether the suspect carries the watermark. */
  default boolean isOwned() {
    return this instanceof Owned;
  }

  /** Owned, Traces, NotOwned or Inconclusive. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** All of it as JSON; numbers are numbers, and figures that were not measured are null. */
  default String toJson() {
    return Json.pretty(VerdictJson.of(this));
  }

  /** Which part of a suspect's answers a verdict rests on. */
  enum Basis {
    /** The class with the highest probability. */
    TOP_CLASS("the top class"),
    /** The target's log-probability, where the suspect gives probabilities. */
    PROBABILITIES("probabilities");

    private final String words;

    Basis(String words) {
      this.words = words;
    }

    /** In words, as in a report. */
    @Override
    public String toString() {
      return words;
    }
  }
}
