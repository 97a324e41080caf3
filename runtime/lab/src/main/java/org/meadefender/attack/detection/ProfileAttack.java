package org.meadefender.attack.detection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.detection.TripleRanking.Triple;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;

/**
 * A search for the triple in a model's answers to a few hundred ordinary samples: labels that teach
 * the mark to copies make it answer the target on the sources more than networks without a mark do.
 * All triples are ranked ({@link TripleRanking}), beside networks that the thief trains on true
 * labels of other samples himself, or without any.
 *
 * <p>Classes of which no sample is asked say nothing: of many classes, ask several samples each.
 *
 * @param queries samples that are asked, at least 1; half of the samples, if there are fewer than
 *     twice as many and own networks are trained on the rest
 * @param networks own networks: 0, or at least 2, without which they have no spread
 * @param fit how those train
 */
public record ProfileAttack(int queries, int networks, FitSettings fit)
    implements DetectionAttack<ProfileAttack.Finding> {
  private static final int QUERIES = 500;
  private static final int NETWORKS = 4;
  private static final int EPOCHS = 10;

  /** As of Neural Cleanse. */
  private static final double SUSPICIOUS_INDEX = 2;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public ProfileAttack {
    if (queries < 1 || networks < 0 || networks == 1) {
      throw new IllegalArgumentException(
          "queries is "
              + queries
              + " and networks "
              + networks
              + "; expected at least one query, and no own network or at least two");
    }
  }

  /** 500 queries, 4 own networks, 10 epochs of Adam at 1e-3. */
  public static ProfileAttack standard() {
    return new ProfileAttack(QUERIES, NETWORKS, FitSettings.adam(EPOCHS));
  }

  /** The same without own networks. */
  public ProfileAttack withoutNetworks() {
    return new ProfileAttack(queries, 0, fit);
  }

  /** The same with another number of queries. */
  public ProfileAttack withQueries(int newQueries) {
    return new ProfileAttack(newQueries, networks, fit);
  }

  /** The same with other training settings. */
  public ProfileAttack withFit(FitSettings newFit) {
    return new ProfileAttack(queries, networks, newFit);
  }

  /**
   * What was found.
   *
   * @param byTopClass the triples, the samples taken by the model's own top classes
   * @param byLabel the triples, the samples taken by their true labels
   * @param ownBest score of the best triple by top classes of each own network beside the others;
   *     empty without
   */
  public record Finding(TripleRanking byTopClass, TripleRanking byLabel, List<Double> ownBest)
      implements DetectionFinding {
    /** Copies the list. */
    public Finding {
      ownBest = List.copyOf(ownBest);
    }

    /** The triple that the thief takes for the owner's, by the model's own top classes. */
    public Triple best() {
      return byTopClass.best();
    }

    /** Its score. */
    public double bestScore() {
      return byTopClass.score(best());
    }

    /**
     * Whether the best triple stands out: its score is above those of all own networks; without
     * any, the anomaly index of its score among the best of each target is above 2.
     */
    @Override
    public boolean suspicious() {
      if (!ownBest.isEmpty()) {
        return ownBest.stream().allMatch(own -> own < bestScore());
      }
      double[] bestOfTargets =
          IntStream.range(0, byTopClass.classes())
              .mapToDouble(target -> byTopClass.score(byTopClass.best(target)))
              .toArray();
      return new MedianDeviation(bestOfTargets).index(bestScore()) > SUSPICIOUS_INDEX;
    }

    /** The best triple's score, and the share of own networks whose best scores are lower. */
    @Override
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("score of the best triple", bestScore());
      if (!ownBest.isEmpty()) {
        double[] own = ownBest.stream().mapToDouble(Double::doubleValue).toArray();
        figures.put("AUC beside own networks", TripleRanking.auc(new double[] {bestScore()}, own));
      }
      return figures;
    }
  }

  @Override
  public Finding detect(Model network, LabelledSamples clean, long seed, AttackListener listener) {
    return search(Architecture.of(network), clean, seed, listener).of(SuspectModel.of(network));
  }

  /**
   * Trains the own networks, once for any number of suspects.
   *
   * @param own architecture of the own networks
   * @param clean ordinary samples with true labels: the first are asked, own networks train on the
   *     others
   * @param seed of everything random, not 0
   * @param listener hears of each own network
   * @throws IllegalArgumentException if there are fewer than two samples
   */
  public ProfileSearch search(
      Architecture own, LabelledSamples clean, long seed, AttackListener listener) {
    return ProfileSearch.prepare(this, own, clean, seed, listener);
  }
}
