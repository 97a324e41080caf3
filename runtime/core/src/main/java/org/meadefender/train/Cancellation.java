package org.meadefender.train;

import java.util.function.BooleanSupplier;

/**
 * Whether a training should end early: the user's wish, or an interrupt of its thread.
 *
 * <p>The thread's flag is taken down while the training winds up, for Deeplearning4j's iterators
 * throw where it is set; {@link #close} sets it again for the caller.
 */
final class Cancellation implements BooleanSupplier, AutoCloseable {
  private final BooleanSupplier wish;
  private boolean interrupted;

  Cancellation(BooleanSupplier wish) {
    this.wish = wish;
  }

  @Override
  public boolean getAsBoolean() {
    interrupted |= Thread.interrupted();
    return interrupted || wish.getAsBoolean();
  }

  /** Whether a failure is what an interrupt makes of a thread that waits; it then cancels. */
  boolean explains(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException) {
        interrupted = true;
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
