package org.meadefender.audit;

import java.time.Duration;

/** Hears how far an audit has come. */
public interface AuditListener {
  /** Hears nothing. */
  AuditListener NONE = new AuditListener() {};

  /**
   * A step begins.
   *
   * @param step what is attacked how
   * @param done steps finished so far, those of earlier runs included
   * @param total steps in all
   * @param remaining expected time for the rest, from the time that the finished steps took; zero
   *     before the first
   */
  default void started(String step, int done, int total, Duration remaining) {}

  /**
   * A part of a step is finished.
   *
   * @param step what is attacked how
   * @param part what is counted, for instance "epoch"
   */
  default void progress(String step, String part, int done, int total) {}

  /** A step has ended and its result is saved. */
  default void finished(AuditEntry entry) {}
}
