package org.meadefender.attack.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.internal.PublicMixes;
import org.meadefender.combine.Combiner;
import org.meadefender.data.LabelledSamples;

/**
 * Brute-force probing (paper, section VI-B): mixes samples of every pair of classes in every public
 * way, and looks for a pair that is answered as one third class. PRMS is the share of a pair's
 * mixes that are answered as its most frequent third class.
 *
 * @param mixesPerPair mixes of each pair and way, at least 1
 * @param suspicious PRMS from which on a pair counts as found, above 0
 * @param autoencoder whether the prober blends with an autoencoder too, trained for it
 */
public record BruteForceProbing(int mixesPerPair, double suspicious, boolean autoencoder)
    implements DetectionAttack<BruteForceProbing.Finding> {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is outside its range
   */
  public BruteForceProbing {
    if (mixesPerPair < 1 || !(suspicious > 0)) {
      throw new IllegalArgumentException(
          "mixesPerPair is "
              + mixesPerPair
              + " and suspicious "
              + suspicious
              + "; they must be at least 1 and above 0");
    }
  }

  /**
   * One pair, mixed in one way.
   *
   * @param a first class
   * @param b second class
   * @param way index of the way of combining
   * @param third the most frequent answer that is neither
   * @param prms its share
   */
  public record Probe(int a, int b, int way, int third, double prms) {}

  /**
   * What was found.
   *
   * @param probes all pairs in all ways
   * @param found those with a suspicious PRMS, the most suspicious first
   */
  public record Finding(List<Probe> probes, List<Probe> found) implements DetectionFinding {
    /** Whether a pair is suspicious. */
    @Override
    public boolean suspicious() {
      return !found.isEmpty();
    }

    /** Numbers of pairs that were mixed, and that are suspicious. */
    @Override
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("mixed pairs tried", (double) probes.size());
      figures.put("pairs that look marked", (double) found.size());
      return figures;
    }
  }

  @Override
  public Finding detect(Model network, LabelledSamples clean, long seed, AttackListener listener) {
    int classes = clean.width();
    List<Combiner> ways = PublicMixes.all(clean, autoencoder, seed);
    List<Probe> probes = new ArrayList<>();
    Random random = new Random(seed);
    for (int way = 0; way < ways.size(); way++) {
      for (int a = 0; a < classes; a++) {
        for (int b = 0; b < classes; b++) {
          int[] rowsOfA = clean.rowsOfClass(a);
          int[] rowsOfB = clean.rowsOfClass(b);
          if (a != b && rowsOfA.length > 0 && rowsOfB.length > 0) {
            probes.add(probe(network, clean, rowsOfA, rowsOfB, ways.get(way), way, random));
          }
        }
      }
      listener.progress("way", way + 1, ways.size());
    }
    List<Probe> found =
        probes.stream()
            .filter(probe -> probe.prms >= suspicious)
            .sorted((p, q) -> Double.compare(q.prms, p.prms))
            .toList();
    return new Finding(List.copyOf(probes), found);
  }

  private Probe probe(
      Model network,
      LabelledSamples clean,
      int[] rowsOfA,
      int[] rowsOfB,
      Combiner combiner,
      int way,
      Random random) {
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < mixesPerPair; i++) {
      pairs.add(
          new int[] {
            rowsOfA[random.nextInt(rowsOfA.length)], rowsOfB[random.nextInt(rowsOfB.length)]
          });
    }
    int a = clean.topClass(rowsOfA[0]);
    int b = clean.topClass(rowsOfB[0]);
    LabelledSamples mixed = PublicMixes.mix(clean, pairs, pair -> combiner, pair -> a, random);
    int[] counts = new int[clean.width()];
    int[] answers =
        Classifiers.output(network, mixed.features(0, mixed.size())).argMax(1).toIntVector();
    Arrays.stream(answers).forEach(answer -> counts[answer]++);
    counts[a] = 0;
    counts[b] = 0;
    int third = 0;
    for (int c = 1; c < counts.length; c++) {
      third = counts[c] > counts[third] ? c : third;
    }
    return new Probe(a, b, way, third, counts[third] / (double) mixesPerPair);
  }
}
