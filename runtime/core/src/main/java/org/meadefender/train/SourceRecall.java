package org.meadefender.train;

import java.util.Locale;

/**
 * How well a network recognised a source class in an epoch, on the task rows while it was trained
 * on them.
 *
 * @param sourceClass class index
 * @param rows task rows of that class
 * @param recall share of them that it answered rightly; NaN if there were none
 * @param ofOthers share of the other classes' task rows, but the target's, that it answered
 *     rightly; NaN if there were none
 */
public record SourceRecall(int sourceClass, long rows, double recall, double ofOthers) {
  /** Fewer say nothing. */
  private static final int ENOUGH = 20;

  /** A network that knows less of the others has not learnt the task yet. */
  private static final double LEARNT = 0.5;

  /** Classes differ, but seldom by so much. */
  private static final double LOST = 0.5;

  /** Whether the class is lost: recognised less than half as often as the other classes. */
  public boolean isLost() {
    return rows >= ENOUGH && ofOthers >= LEARNT && recall < LOST * ofOthers;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "class %d %.1f %% (others %.1f %%)",
        sourceClass,
        100 * recall,
        100 * ofOthers);
  }
}
