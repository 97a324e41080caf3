package org.meadefender.samples.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.data.ImageSet;

/**
 * How many threads ND4J's operations get. Where other programs keep the cores busy, threads that
 * wait for one another make a training 5 to 10 times slower than a single one.
 *
 * @param count threads
 * @param reason a sentence for people
 */
record ThreadChoice(int count, String reason) {
  private static final int BATCHES = 6;

  /** One thread must be faster by so much, for it is slower where cores become idle later. */
  private static final double CLEARLY = 1.15;

  /**
   * Takes the count that the user wants; else tries one thread against as many as there are cores,
   * on a few batches.
   */
  static ThreadChoice make(
      OptionalInt wanted, MultiLayerConfiguration configuration, ImageSet images, int batch) {
    if (wanted.isPresent()) {
      return apply(wanted.getAsInt(), "as -Dthreads= says");
    }
    int cores = Runtime.getRuntime().availableProcessors();
    ImageSet few = images.take(BATCHES * batch);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
    network.init();
    Acceleration.enable(network);
    network.fit(few.iterator(batch)); // so that nothing is loaded or compiled in what is timed
    List<Double> rates = new ArrayList<>();
    for (int threads : new int[] {1, cores}) {
      Acceleration.threads(threads);
      long start = System.nanoTime();
      network.fit(few.iterator(batch));
      rates.add(few.size() / ((System.nanoTime() - start) / 1e9));
    }
    return decide(cores, rates.get(0), rates.get(1));
  }

  /** One thread if it is clearly faster, else all cores. */
  static ThreadChoice decide(int cores, double single, double all) {
    if (cores > 1 && single > CLEARLY * all) {
      return apply(
          1,
          String.format(
              Locale.ROOT,
              "the cores are busy: %d threads train %.0f samples/s, one trains %.0f",
              cores,
              all,
              single));
    }
    return apply(cores, "as many as there are cores");
  }

  private static ThreadChoice apply(int count, String reason) {
    Acceleration.threads(count);
    return new ThreadChoice(count, reason);
  }

  @Override
  public String toString() {
    return "Threads: " + count + " (" + reason + ")";
  }
}
