package org.meadefender.samples.benchmark;

/**
 * What a round measured.
 *
 * @param perSecond samples per second of the clock
 * @param perCpuSecond samples per second of processor time, summed over the threads: what other
 *     programs take away does not count, idle cores do not either
 */
record Speed(double perSecond, double perCpuSecond) {
  /** Reads {@code samples seconds cpuSeconds}. */
  static Speed parse(String answer) {
    String[] words = answer.split(" ", -1);
    double samples = Double.parseDouble(words[0]);
    return new Speed(
        samples / Double.parseDouble(words[1]), samples / Double.parseDouble(words[2]));
  }
}
