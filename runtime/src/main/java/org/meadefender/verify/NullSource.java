package org.meadefender.verify;

/** Where the null rate p0 of a test came from: whatever is the largest. */
public enum NullSource {
  /** The paper's threshold, calibrated there on 200 clean and 200 marked models. */
  CEILING("the paper's ceiling"),
  /**
   * Half of the rows, where independent models take the place of what the suspect answers by
   * nature: a mark is what it answers most of the time.
   */
  MAJORITY("half of the rows"),
  /** The same pairs, combined in other ways. */
  OTHER_COMBINERS("the same pairs combined otherwise"),
  /** The same pairs, combined as other keys would. */
  DECOY_KEYS("the same pairs combined by other keys"),
  /** Other class pairs, combined in the secret way, answered with the target. */
  OTHER_PAIRS("other class pairs"),
  /** Class pairs with one of the sources, combined in the secret way, answered with the target. */
  NEAR_PAIRS("class pairs with one of the sources"),
  /**
   * The best of other class pairs with another class in the target's place. Where there are
   * unrelated models: their rate on the mark, and by how much that triple is above theirs.
   */
  OTHER_TRIPLES("the best other triple"),
  /** Unrelated models that the caller gave, on the secret rows. */
  INDEPENDENT_MODELS("independent models");

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
