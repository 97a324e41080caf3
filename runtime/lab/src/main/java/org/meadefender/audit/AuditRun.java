package org.meadefender.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.meadefender.internal.NativeMemory;
import org.meadefender.audit.RobustnessAudit.Planned;

/** One run of an audit: does what is left of the plan and saves after every step. */
final class AuditRun {
  private static final double NANOS = 1e9;

  private final Path directory;
  private final AuditContext protectedContext;
  private final AuditListener listener;

  AuditRun(Path directory, AuditContext protectedContext, AuditListener listener) {
    this.directory = directory;
    this.protectedContext = protectedContext;
    this.listener = listener;
  }

  AuditResult execute(
      AuditResult before, List<Planned> plan, @Nullable AuditContext controlContext) {
    Set<String> finished = new HashSet<>();
    before.entries().forEach(entry -> finished.add(entry.id()));
    List<Planned> rest = plan.stream().filter(each -> !finished.contains(each.id())).toList();
    List<AuditEntry> entries = new ArrayList<>(before.entries());
    AuditResult result = before;
    long start = System.nanoTime();
    for (int i = 0; i < rest.size(); i++) {
      Planned each = rest.get(i);
      listener.started(name(each), entries.size(), plan.size(), remaining(start, i, rest.size()));
      AuditContext context =
          each.subject() == AuditEntry.Subject.PROTECTED
              ? protectedContext
              : Objects.requireNonNull(controlContext);
      AuditEntry entry = run(each, context, entries);
      entries.add(entry);
      result =
          new AuditResult(
              before.schemaVersion(), before.provenance(), plan.size(), List.copyOf(entries));
      AuditStore.write(result, directory.resolve(AuditStore.FILE));
      NativeMemory.release();
      listener.finished(entry);
    }
    return result;
  }

  private AuditEntry run(Planned planned, AuditContext context, List<AuditEntry> before) {
    long start = System.nanoTime();
    AuditStep step = planned.step();
    StepResult result =
        step.action()
            .run(
                context,
                (part, done, total) -> listener.progress(name(planned), part, done, total));
    return new AuditEntry(
        planned.id(),
        step.attack(),
        step.variant(),
        planned.subject(),
        outcome(planned, result, before),
        result.mark(),
        result.queries(),
        (System.nanoTime() - start) / NANOS,
        context.seed(),
        result.figures(),
        result.series(),
        result.pictures());
  }

  private static Outcome outcome(Planned planned, StepResult result, List<AuditEntry> before) {
    if (planned.subject() == AuditEntry.Subject.CONTROL) {
      return Outcome.CONTROL;
    }
    if (planned.step().attack() == Attack.NONE) {
      return Outcome.UNATTACKED;
    }
    MarkResult mark = result.mark();
    if (mark == null) {
      return Boolean.TRUE.equals(result.detected()) ? Outcome.DETECTED : Outcome.UNDETECTED;
    }
    return Outcome.of(mark, Objects.requireNonNull(before.get(0).mark()).accuracy());
  }

  private static String name(Planned planned) {
    String variant = planned.step().variant();
    return planned.step().attack().title()
        + (variant.isEmpty() ? "" : ", " + variant)
        + (planned.subject() == AuditEntry.Subject.CONTROL ? " (plain model)" : "");
  }

  private static Duration remaining(long start, int done, int total) {
    if (done == 0) {
      return Duration.ZERO;
    }
    return Duration.ofNanos((System.nanoTime() - start) / done * (total - done));
  }
}
