package org.meadefender.audit;

/** The attacks that an audit knows, in the order in which it runs them. */
public enum Attack {
  /** No attack: the model itself. */
  NONE(Family.NONE, "no attack", "the model as it is"),
  /** Distillation at temperature 7 into the same architecture. */
  DISTILLATION(Family.EXTRACTION, "distillation", "a copy learns the model's probabilities"),
  /** Distillation with the thief's own true labels beside the answers. */
  DISTILLATION_WITH_LABELS(
      Family.EXTRACTION, "distillation with labels", "the thief also knows true labels"),
  /** Distillation into another architecture. */
  OTHER_ARCHITECTURE(
      Family.EXTRACTION, "distillation into another network", "the copy is built differently"),
  /** Distillation with other numbers of queries. */
  QUERY_BUDGET(Family.EXTRACTION, "distillation with fewer queries", "the thief asks less often"),
  /** Distillation from rounded probabilities. */
  ROUNDED(Family.EXTRACTION, "rounded answers", "the model tells probabilities of few digits"),
  /** Distillation from the three likeliest classes. */
  TOP_THREE(Family.EXTRACTION, "top three answers", "the model tells its three likeliest classes"),
  /** Retraining on top classes. */
  HARD_LABELS(Family.EXTRACTION, "hard labels", "the model tells its top class only"),
  /** Jacobian-based augmentation with soft labels. */
  JACOBIAN(Family.EXTRACTION, "Jacobian augmentation", "a few samples are moved and asked again"),
  /** Jacobian-based augmentation with hard labels. */
  JACOBIAN_HARD(
      Family.EXTRACTION, "Jacobian augmentation, hard labels", "the same, with top classes only"),
  /** Knockoff nets, random strategy. */
  KNOCKOFF(Family.EXTRACTION, "knockoff", "random queries, learnt by soft cross-entropy"),
  /** Knockoff nets, adaptive strategy. */
  KNOCKOFF_ADAPTIVE(Family.EXTRACTION, "adaptive knockoff", "a bandit chooses what to ask"),
  /** Fine-tuning of the last layer. */
  FINE_TUNING_LAST(Family.REMOVAL, "fine-tuning, last layer", "its last layer trains on"),
  /** Fine-tuning of all layers. */
  FINE_TUNING_ALL(Family.REMOVAL, "fine-tuning, all layers", "all its layers train on"),
  /** Retraining of a new last layer. */
  RETRAINING_LAST(Family.REMOVAL, "new last layer", "its last layer starts anew"),
  /** Retraining of all layers with a new last one. */
  RETRAINING_ALL(
      Family.REMOVAL, "new last layer, all trained", "its last layer starts anew, all train"),
  /** Fine-tuning on random mixes. */
  MIXED_SAMPLES(Family.REMOVAL, "fine-tuning on mixes", "it learns that mixes are ordinary"),
  /** Magnitude pruning. */
  PRUNING(Family.REMOVAL, "pruning", "its smallest weights are removed"),
  /** Fine-pruning. */
  FINE_PRUNING(Family.REMOVAL, "fine-pruning", "sleeping channels are cut, then it trains on"),
  /** Transfer learning. */
  TRANSFER(
      Family.REMOVAL, "transfer learning", "it learns another task, then its old head returns"),
  /** Eight-bit weights. */
  INT8(Family.REMOVAL, "8-bit weights", "its weights become 8-bit integers"),
  /** Half-precision weights. */
  BFLOAT16(Family.REMOVAL, "half precision", "its weights lose half of their bits"),
  /** Removal of class-feature watermarks. */
  WRK(Family.REMOVAL, "WRK", "its last layer is pushed away from the old one"),
  /** Distillation, then fine-tuning of all layers. */
  STOLEN_THEN_TUNED(Family.REMOVAL, "stolen, then fine-tuned", "the distilled copy trains on"),
  /** Distillation, then pruning. */
  STOLEN_THEN_PRUNED(
      Family.REMOVAL, "stolen, then pruned", "the distilled copy loses its smallest weights"),
  /** Input preprocessing. */
  PREPROCESSING(Family.EVASION, "changed inputs", "the thief changes each input first"),
  /** Local outlier factor. */
  OUTLIER_FILTER(Family.DETECTION, "outlier filter", "the thief rejects unusual inputs"),
  /** Neural Cleanse. */
  NEURAL_CLEANSE(Family.DETECTION, "Neural Cleanse", "a search for a hidden patch"),
  /** ABS. */
  ABS(Family.DETECTION, "ABS", "a search for neurons that a trigger drives"),
  /** Brute-force probing. */
  PROBING(Family.DETECTION, "probing of mixes", "the thief mixes all classes in all known ways");

  /** What an attacker wants. */
  public enum Family {
    /** Nothing. */
    NONE,
    /** A copy. */
    EXTRACTION,
    /** A network without the watermark. */
    REMOVAL,
    /** Answers that hide the watermark. */
    EVASION,
    /** Knowledge of the watermark. */
    DETECTION
  }

  private final Family family;
  private final String title;
  private final String explanation;

  Attack(Family family, String title, String explanation) {
    this.family = family;
    this.title = title;
    this.explanation = explanation;
  }

  /** What the attacker wants. */
  public Family family() {
    return family;
  }

  /** A short name for readers. */
  public String title() {
    return title;
  }

  /** What happens, in a few words. */
  public String explanation() {
    return explanation;
  }
}
