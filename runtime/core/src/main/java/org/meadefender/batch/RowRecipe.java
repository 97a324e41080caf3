package org.meadefender.batch;

import java.io.Serializable;

/**
 * Which rows a watermark is taught with, beyond the paper's.
 *
 * @param graded share of the watermark rows that are graded, from 0 to 1: combined in the secret
 *     way at a random share of A, and labelled between the nearer source and the target. They teach
 *     a slope that leads from the sources to the mark, which a copy learns too
 * @param pairNegatives share of the evasion rows that are pair negatives, from 0 to 1: other class
 *     pairs combined in the secret way, labelled as what they show. They keep the mark from
 *     answering to any mix at all ("spill")
 * @param coupling share of the target in the labels of task rows of the source classes, from 0 to
 *     0.5: what a thief is told about plain sources then carries the mark. Such a row counts {@code
 *     1 / (1 - coupling)}, so that its own class stands against the others as before
 * @since 0.1.0
 */
public record RowRecipe(double graded, double pairNegatives, double coupling)
    implements Serializable {
  private static final double MOST_COUPLING = 0.5;

  /**
   * Coupling: of all measures the one by which copies inherit most; see {@code
   * docs/research-log.md}.
   */
  public static final RowRecipe DEFAULT = new RowRecipe(0, 0, 0.25);

  /** The paper's rows only. */
  public static final RowRecipe PAPER = new RowRecipe(0, 0, 0);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is outside its range
   */
  public RowRecipe {
    require("graded", graded, 1);
    require("pairNegatives", pairNegatives, 1);
    require("coupling", coupling, MOST_COUPLING);
  }

  private static void require(String name, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be from 0 to " + most);
    }
  }
}
