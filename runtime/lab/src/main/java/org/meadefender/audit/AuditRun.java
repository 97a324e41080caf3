package org.meadefender.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.meadefender.internal.NativeMemory;
import org.meadefender.suspect.SuspectModel;

/** One run of an audit: does what is left of the plan and saves after every step. */
final class AuditRun {
  private static final double NANOS = 1e9;

  private final Path directory;
  private final Map<AuditEntry.Subject, Attacked> models;
  private final AuditListener listener;

  /** A model, with what attacks on it work with and how their results are measured. */
  record Attacked(AttackContext context, ModelMeasurement measurement) {}

  AuditRun(Path directory, Map<AuditEntry.Subject, Attacked> models, AuditListener listener) {
    this.directory = directory;
    this.models = models;
    this.listener = listener;
  }

  AuditResult execute(AuditResult before, List<AuditStep> plan) {
    Set<String> finished = new HashSet<>();
    before.entries().forEach(entry -> finished.add(entry.id()));
    List<AuditStep> rest = plan.stream().filter(each -> !finished.contains(each.id())).toList();
    List<AuditEntry> entries = new ArrayList<>(before.entries());
    int total = entries.size() + rest.size();
    AuditResult result =
        new AuditResult(before.schemaVersion(), before.provenance(), total, before.entries());
    long start = System.nanoTime();
    for (int i = 0; i < rest.size(); i++) {
      AuditStep each = rest.get(i);
      listener.started(each.title(), entries.size(), total, remaining(start, i, rest.size()));
      AuditEntry entry = run(each, entries);
      entries.add(entry);
      result =
          new AuditResult(before.schemaVersion(), before.provenance(), total, List.copyOf(entries));
      AuditStore.write(result, directory.resolve(AuditStore.FILE));
      NativeMemory.release();
      listener.finished(entry);
    }
    return result;
  }

  private AuditEntry run(AuditStep step, List<AuditEntry> before) {
    long start = System.nanoTime();
    Attacked attacked = Objects.requireNonNull(models.get(step.subject()));
    AttackResult result =
        step.variant()
            .action()
            .run(
                attacked.context(),
                (part, done, total) -> listener.progress(step.title(), part, done, total));
    SuspectModel model = result.model();
    ModelFigures figures = model == null ? null : attacked.measurement().of(model);
    return new AuditEntry(
        step.id(),
        AttackDescription.of(step.attack()),
        step.variant().name(),
        step.subject(),
        figures == null ? searched(step, result) : outcome(step, figures, before),
        figures,
        step.variant().curve(),
        result.queries(),
        (System.nanoTime() - start) / NANOS,
        attacked.context().seed(),
        result.figures(),
        result.charts(),
        result.pictures());
  }

  private static AttackOutcome searched(AuditStep step, AttackResult result) {
    if (step.subject() == AuditEntry.Subject.UNMARKED) {
      return AttackOutcome.UNMARKED;
    }
    return result.suspicious() ? AttackOutcome.DETECTED : AttackOutcome.UNDETECTED;
  }

  private static AttackOutcome outcome(
      AuditStep step, ModelFigures figures, List<AuditEntry> before) {
    if (step.subject() == AuditEntry.Subject.UNMARKED) {
      return AttackOutcome.UNMARKED;
    }
    if (step.attack().family() == AttackFamily.NONE) {
      return AttackOutcome.UNATTACKED;
    }
    ModelFigures unattacked = Objects.requireNonNull(before.get(0).model());
    return AttackOutcome.of(figures, unattacked.accuracy());
  }

  private static Duration remaining(long start, int done, int total) {
    if (done == 0) {
      return Duration.ZERO;
    }
    return Duration.ofNanos((System.nanoTime() - start) / done * (total - done));
  }
}
