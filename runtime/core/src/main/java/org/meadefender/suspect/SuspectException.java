package org.meadefender.suspect;

import org.jspecify.annotations.Nullable;

/**
 * A suspect cannot be questioned: it is out of reach, refuses, or gives answers that are none.
 *
 * <p>Verification turns it into an inconclusive verdict, never into one against the owner.
 *
 * @since 0.1.0
 */
public final class SuspectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the fault, in words that name the suspect and a remedy. */
  public SuspectException(String message) {
    super(message);
  }

  /** With the fault and what caused it. */
  public SuspectException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
