package org.meadefender.train;

import java.util.Properties;
import org.meadefender.batch.RowRecipe;
import org.meadefender.loss.LossWeights;

/** The values of a method that rehearsals change, as text that gives the same values back. */
final class SteeredValues {
  private static final String VERIFICATION = "verification";
  private static final String EVASION = "evasion";
  private static final String PAIR_NEGATIVES = "pairNegatives";
  private static final String COUPLING = "coupling";

  private SteeredValues() {}

  static void write(Method method, Properties text) {
    text.setProperty(VERIFICATION, Double.toString(method.weights().verification()));
    text.setProperty(EVASION, Double.toString(method.weights().evasion()));
    text.setProperty(PAIR_NEGATIVES, Double.toString(method.recipe().pairNegatives()));
    text.setProperty(COUPLING, Double.toString(method.recipe().coupling()));
  }

  /** The same method with these values. */
  static Method read(Method method, Properties text) {
    return method
        .withWeights(
            new LossWeights(
                number(text, VERIFICATION), method.weights().combination(), number(text, EVASION)))
        .withRecipe(
            new RowRecipe(
                method.recipe().graded(), number(text, PAIR_NEGATIVES), number(text, COUPLING)));
  }

  private static double number(Properties text, String name) {
    return Double.parseDouble(text.getProperty(name, ""));
  }
}
