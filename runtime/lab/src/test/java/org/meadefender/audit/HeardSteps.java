package org.meadefender.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Hears, and stops an audit after some steps. */
final class HeardSteps implements AuditListener {
  final List<String> finished = new ArrayList<>();
  final List<Duration> remaining = new ArrayList<>();
  private final int stopAfter;

  HeardSteps(int stopAfter) {
    this.stopAfter = stopAfter;
  }

  /** Hears all. */
  HeardSteps() {
    this(Integer.MAX_VALUE);
  }

  @Override
  public void started(String step, int done, int total, Duration left) {
    remaining.add(left);
  }

  @Override
  public void finished(AuditEntry entry) {
    finished.add(entry.id());
    if (finished.size() == stopAfter) {
      throw new IllegalStateException("stopped");
    }
  }
}
