package org.meadefender.samples.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import org.meadefender.train.TrainingProgress;

/** Prints how far things are, a line every few seconds. */
final class Progress {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  private final PrintStream out;
  private long lastLine = System.nanoTime();

  Progress(PrintStream out) {
    this.out = out;
  }

  void training(TrainingProgress progress) {
    if (progress.epochDone() || isTimeForALine()) {
      print(progress.toString());
    }
  }

  void step(String what, int done, int total) {
    if (done == total || isTimeForALine()) {
      print(what + " " + done + "/" + total);
    }
  }

  private boolean isTimeForALine() {
    return System.nanoTime() - lastLine > BETWEEN_LINES.toNanos();
  }

  private void print(String line) {
    out.println("  " + line);
    lastLine = System.nanoTime();
  }
}
