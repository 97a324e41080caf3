package org.meadefender.train;

/**
 * The loss of a training is no longer a finite number, or grows without bound.
 *
 * @since 0.1.0
 */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what diverged, and the way out. */
  public TrainingDivergedException(String message) {
    super(message);
  }
}
