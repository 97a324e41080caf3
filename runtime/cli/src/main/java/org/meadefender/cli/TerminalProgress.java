package org.meadefender.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Locale;
import org.meadefender.audit.AuditEntry;
import org.meadefender.audit.AuditListener;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.TrainingProgress;

/** Shows on a terminal how far things are, on the error stream; in a pipe it is quiet. */
final class TerminalProgress implements AuditListener {
  private final PrintWriter err;
  private final boolean shown;

  TerminalProgress(PrintWriter err, boolean shown) {
    this.err = err;
    this.shown = shown;
  }

  /** Shown if somebody sits at a terminal. */
  static TerminalProgress on(PrintWriter err) {
    return new TerminalProgress(err, isTerminal(System.console()));
  }

  /** From Java 22 on there is a console in a pipe too, and it can be asked. */
  private static boolean isTerminal(@org.jspecify.annotations.Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      Method method = Console.class.getMethod("isTerminal");
      return Boolean.TRUE.equals(method.invoke(console));
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** A suspect whose answered rows are counted. */
  SuspectModel watching(SuspectModel suspect) {
    int[] rows = {0};
    return SuspectModel.around(
        suspect,
        asked ->
            features -> {
              var answers = asked.predict(features);
              rows[0] += (int) features.size(0);
              line(String.format(Locale.ROOT, "%,d rows answered", rows[0]));
              return answers;
            });
  }

  /** A training: a line for each epoch, and on a terminal how far that is. */
  void training(TrainingProgress progress) {
    if (progress.epochDone()) {
      err.println((shown ? "\r" : "") + progress);
      err.flush();
    } else {
      line(progress.toString());
    }
  }

  @Override
  public void started(String step, int done, int total, Duration remaining) {
    String left = remaining.isZero() ? "" : ", about " + (1 + remaining.toMinutes()) + " min left";
    line((done + 1) + "/" + total + " " + step + left);
  }

  @Override
  public void finished(AuditEntry entry) {
    end();
  }

  /** Ends the line that was written over. */
  void end() {
    if (shown) {
      err.println();
      err.flush();
    }
  }

  private void line(String text) {
    if (shown) {
      err.print("\r" + text + "   ");
      err.flush();
    }
  }
}
