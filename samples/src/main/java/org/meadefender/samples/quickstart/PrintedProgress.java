package org.meadefender.samples.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.meadefender.train.TrainingProgress;

/** Prints how far things are, a line every few seconds, and says once when they become slow. */
final class PrintedProgress {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  /** An epoch that takes so many times as long as the fastest before is worth a word. */
  private static final double COLLAPSE = 3;

  private final PrintStream out;
  private long lastLine = System.nanoTime();
  private long epochStart = System.nanoTime();
  private double fastest = Double.POSITIVE_INFINITY;
  private boolean warned;

  PrintedProgress(PrintStream out) {
    this.out = out;
  }

  /** Something else begins, whose epochs take their own time. */
  void begin(String what) {
    out.println(what);
    fastest = Double.POSITIVE_INFINITY;
    epochStart = System.nanoTime();
  }

  void training(TrainingProgress progress) {
    if (progress.epochDone() || isTimeForALine()) {
      print(
          String.format(
              Locale.ROOT,
              "epoch %d/%d, %.0f samples/s, %d:%02d left",
              progress.epoch(),
              progress.epochs(),
              progress.samplesPerSecond(),
              progress.remaining().toMinutes(),
              progress.remaining().toSecondsPart()));
    }
    if (progress.epochDone()) {
      epochDone();
    }
  }

  void step(String what, int done, int total) {
    if (done == total || isTimeForALine()) {
      print(what + " " + done + "/" + total);
    }
    if (what.equals("epoch")) {
      epochDone();
    }
  }

  private void epochDone() {
    long now = System.nanoTime();
    epochTook((now - epochStart) / 1e9);
    epochStart = now;
  }

  /**
   * Compares an epoch with the fastest before.
   *
   * @param seconds that it took
   */
  void epochTook(double seconds) {
    if (!warned && seconds > COLLAPSE * fastest) {
      warned = true;
      out.printf(
          Locale.ROOT,
          "  This epoch took %.0f s, the fastest %.0f s: other programs use the cores. If that lasts,"
              + " stop and add -Dthreads=1%n",
          seconds,
          fastest);
    }
    fastest = Math.min(fastest, seconds);
  }

  private boolean isTimeForALine() {
    return System.nanoTime() - lastLine > BETWEEN_LINES.toNanos();
  }

  private void print(String line) {
    out.println("  " + line);
    lastLine = System.nanoTime();
  }
}
