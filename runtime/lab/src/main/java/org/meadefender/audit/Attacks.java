package org.meadefender.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The attacks that the library brings, and those that the class path has. */
public final class Attacks {
  /** No attack: the model itself, which every audit measures first. */
  public static final Attack NONE = new NoAttack();

  /** Distillation at temperature 7 into the same architecture. */
  public static final Attack DISTILLATION = ExtractionAttacks.distillation();

  /** Distillation with the thief's own true labels beside the answers. */
  public static final Attack DISTILLATION_WITH_LABELS = ExtractionAttacks.distillationWithLabels();

  /** Distillation into another architecture. */
  public static final Attack OTHER_ARCHITECTURE = ExtractionAttacks.otherArchitecture();

  /** Distillation from rounded probabilities. */
  public static final Attack ROUNDED = ExtractionAttacks.rounded();

  /** Distillation from the three likeliest classes. */
  public static final Attack TOP_THREE = ExtractionAttacks.topThree();

  /** Retraining on top classes. */
  public static final Attack HARD_LABELS = ExtractionAttacks.hardLabels();

  /** Jacobian-based augmentation with soft labels. */
  public static final Attack JACOBIAN = ExtractionAttacks.jacobian();

  /** Jacobian-based augmentation with hard labels. */
  public static final Attack JACOBIAN_HARD = ExtractionAttacks.jacobianHard();

  /** Knockoff nets, random strategy. */
  public static final Attack KNOCKOFF = ExtractionAttacks.knockoff();

  /** Knockoff nets, adaptive strategy. */
  public static final Attack KNOCKOFF_ADAPTIVE = ExtractionAttacks.knockoffAdaptive();

  /** Fine-tuning of the last layer. */
  public static final Attack FINE_TUNING_LAST = RemovalAttacks.fineTuningLast();

  /** Fine-tuning of all layers, for one epoch and for {@link AttackScale#removalEpochs}. */
  public static final Attack FINE_TUNING_ALL = RemovalAttacks.fineTuningAll();

  /** Retraining of a new last layer. */
  public static final Attack RETRAINING_LAST = RemovalAttacks.retrainingLast();

  /** Retraining of all layers with a new last one. */
  public static final Attack RETRAINING_ALL = RemovalAttacks.retrainingAll();

  /** Fine-tuning on random mixes. */
  public static final Attack MIXED_SAMPLES = RemovalAttacks.mixedSamples();

  /** Fine-pruning. */
  public static final Attack FINE_PRUNING = RemovalAttacks.finePruning();

  /** Transfer learning. */
  public static final Attack TRANSFER = RemovalAttacks.transfer();

  /** Eight-bit weights. */
  public static final Attack INT8 = RemovalAttacks.int8();

  /** Half-precision weights. */
  public static final Attack BFLOAT16 = RemovalAttacks.bfloat16();

  /** Removal of class-feature watermarks. */
  public static final Attack WRK = RemovalAttacks.wrk();

  /** Distillation, then fine-tuning of all layers. */
  public static final Attack STOLEN_THEN_TUNED = RemovalAttacks.stolenThenTuned();

  /** Distillation from cleaned answers by a thief who knows the triple. */
  public static final Attack TRIPLE_CLEANING = TripleAttacks.cleaning();

  /** The same with the triple that {@link #ANSWER_PROFILE} puts first. */
  public static final Attack FOUND_TRIPLE_CLEANING = TripleAttacks.cleaningOfFound();

  /** Input preprocessing. */
  public static final Attack PREPROCESSING = SearchAttacks.preprocessing();

  /** Local outlier factor. */
  public static final Attack OUTLIER_FILTER = SearchAttacks.outlierFilter();

  /** Neural Cleanse. */
  public static final Attack NEURAL_CLEANSE = SearchAttacks.neuralCleanse();

  /** ABS. */
  public static final Attack ABS = SearchAttacks.abs();

  /** Brute-force probing. */
  public static final Attack PROBING = SearchAttacks.probing();

  /** Ranking of all triples by the answers to ordinary samples. */
  public static final Attack ANSWER_PROFILE = TripleAttacks.answerProfile();

  private static final int[] BUDGETS = {2_500, 5_000, 10_000};
  private static final double[] SHARES = {0.2, 0.4, 0.6, 0.8, 0.9};

  private Attacks() {}

  /**
   * Distillation with fewer queries.
   *
   * @param budgets numbers of queries, each at least 1
   */
  public static Attack queryBudgets(int... budgets) {
    return ExtractionAttacks.queryBudgets(budgets.clone());
  }

  /**
   * Magnitude pruning.
   *
   * @param shares shares of the weights that are pruned, each above 0 and below 1
   */
  public static Attack pruning(double... shares) {
    return RemovalAttacks.pruning(shares.clone());
  }

  /**
   * Distillation, then magnitude pruning.
   *
   * @param shares shares of the weights that are pruned, each above 0 and below 1
   */
  public static Attack stolenThenPruned(double... shares) {
    return RemovalAttacks.stolenThenPruned(shares.clone());
  }

  /** All built-in attacks, in the order in which presets run them. */
  public static List<Attack> all() {
    return all(BUDGETS, SHARES);
  }

  static List<Attack> all(int[] budgets, double[] shares) {
    return List.of(
        DISTILLATION,
        DISTILLATION_WITH_LABELS,
        OTHER_ARCHITECTURE,
        queryBudgets(budgets),
        ROUNDED,
        TOP_THREE,
        HARD_LABELS,
        JACOBIAN,
        JACOBIAN_HARD,
        KNOCKOFF,
        KNOCKOFF_ADAPTIVE,
        FINE_TUNING_LAST,
        FINE_TUNING_ALL,
        RETRAINING_LAST,
        RETRAINING_ALL,
        MIXED_SAMPLES,
        pruning(shares),
        FINE_PRUNING,
        TRANSFER,
        INT8,
        BFLOAT16,
        WRK,
        STOLEN_THEN_TUNED,
        stolenThenPruned(shares),
        TRIPLE_CLEANING,
        FOUND_TRIPLE_CLEANING,
        PREPROCESSING,
        OUTLIER_FILTER,
        NEURAL_CLEANSE,
        ABS,
        PROBING,
        ANSWER_PROFILE);
  }

  /** The attacks that the class path has by {@link ServiceLoader}; see {@link Attack}. */
  public static List<Attack> found() {
    return ServiceLoader.load(Attack.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  /**
   * The attack with an id, a built-in one or one of the class path.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Attack named(String id) {
    List<Attack> known = new ArrayList<>(all());
    // The class path is asked last: a broken provider there is no trouble for a built-in attack.
    return withId(id, known)
        .or(
            () -> {
              known.addAll(found());
              return withId(id, known);
            })
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no attack "
                        + id
                        + ", only "
                        + String.join(", ", known.stream().map(Attack::id).toList())
                        + "; one of your own is named in META-INF/services/"
                        + Attack.class.getName()));
  }

  private static Optional<Attack> withId(String id, List<Attack> attacks) {
    return attacks.stream().filter(attack -> attack.id().equals(id)).findFirst();
  }
}
