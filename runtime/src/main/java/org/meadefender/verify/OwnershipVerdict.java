package org.meadefender.verify;

/** The outcome of a test for ownership. */
public sealed interface OwnershipVerdict {
  /** The suspect carries the watermark. */
  record Owned() implements OwnershipVerdict {}
}
