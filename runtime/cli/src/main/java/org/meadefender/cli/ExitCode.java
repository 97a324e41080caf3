package org.meadefender.cli;

import org.meadefender.verify.OwnershipVerdict;

/** What a script learns from a run; verdicts have codes that nothing else has, but for success. */
final class ExitCode {
  /** Owned; of the other commands, success. */
  static final int OWNED = 0;

  /** Not owned, and nothing else. */
  static final int NOT_OWNED = 1;

  /** No verdict is possible; the reason is in it. */
  static final int INCONCLUSIVE = 2;

  /** Options, files or data that cannot be used, or results that cannot be written. */
  static final int MISUSE = 3;

  /** A fault of the program: neither of the above was found. */
  static final int FAULT = 4;

  /** Traces of the mark that do not suffice for a verdict. */
  static final int TRACES = 5;

  /** What was inspected is rejected, or an audit's attack has removed the mark. */
  static final int CHECK_FAILED = 6;

  private ExitCode() {}

  static int of(OwnershipVerdict verdict) {
    if (verdict instanceof OwnershipVerdict.Owned) {
      return OWNED;
    }
    if (verdict instanceof OwnershipVerdict.Traces) {
      return TRACES;
    }
    return verdict instanceof OwnershipVerdict.NotOwned ? NOT_OWNED : INCONCLUSIVE;
  }
}
