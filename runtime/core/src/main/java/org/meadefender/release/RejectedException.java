package org.meadefender.release;

import org.jspecify.annotations.Nullable;

/**
 * A registration or a piece of evidence is not what its key holder signed; the message says why.
 *
 * @since 0.1.0
 */
public final class RejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public RejectedException(String message) {
    super(message);
  }

  /** With the reason and what showed it. */
  public RejectedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
