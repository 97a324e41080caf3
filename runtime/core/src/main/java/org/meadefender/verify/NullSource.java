package org.meadefender.verify;

/** Where a null rate came from: the success rate must stand out from every one. */
public enum NullSource {
  /** Upper prediction bound of the reference panel on the secret rows, for one more model. */
  PANEL("the reference panel"),
  /** The paper's threshold, where there is no panel. */
  CEILING("the paper's ceiling"),
  /** Supplied models on the secret rows, where they are too few for a panel. */
  INDEPENDENT_MODELS("independent models"),
  /** The same pairs, combined in other ways. */
  OTHER_COMBINERS("the same pairs combined otherwise"),
  /** The same pairs, combined as other keys would. */
  DECOY_KEYS("the same pairs combined by other keys"),
  /** Other class pairs, combined in the secret way, answered with the target. */
  OTHER_PAIRS("other class pairs"),
  /** Class pairs with one of the sources, combined in the secret way, answered with the target. */
  NEAR_PAIRS("class pairs with one of the sources"),
  /** Clean samples of the sources, answered with the target. */
  CLEAN_SOURCES("clean samples of the sources"),
  /**
   * The best of other class pairs with another class in the target's place: the panel's rate on the
   * mark, and by how much that triple is above the panel.
   */
  OTHER_TRIPLES("the best other triple");

  private final String words;

  NullSource(String words) {
    this.words = words;
  }

  /** In words, as in a report. */
  @Override
  public String toString() {
    return words;
  }
}
