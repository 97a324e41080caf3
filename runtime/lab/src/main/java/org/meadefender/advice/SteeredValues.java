package org.meadefender.advice;

import java.util.Map;
import org.meadefender.batch.RowRecipe;
import org.meadefender.loss.LossWeights;
import org.meadefender.train.Method;

/** The values of a method that rehearsals change, as text that gives the same values back. */
final class SteeredValues {
  private static final String VERIFICATION = "verification";
  private static final String EVASION = "evasion";
  private static final String PAIR_NEGATIVES = "pairNegatives";
  private static final String COUPLING = "coupling";

  private SteeredValues() {}

  static Map<String, String> of(Method method) {
    return Map.of(
        VERIFICATION, Double.toString(method.weights().verification()),
        EVASION, Double.toString(method.weights().evasion()),
        PAIR_NEGATIVES, Double.toString(method.recipe().pairNegatives()),
        COUPLING, Double.toString(method.recipe().coupling()));
  }

  /**
   * The same method with these values.
   *
   * @throws NumberFormatException if one is none
   */
  static Method in(Method method, Map<String, String> text) {
    return method
        .withWeights(
            new LossWeights(
                number(text, VERIFICATION), method.weights().combination(), number(text, EVASION)))
        .withRecipe(
            new RowRecipe(
                method.recipe().graded(), number(text, PAIR_NEGATIVES), number(text, COUPLING)));
  }

  private static double number(Map<String, String> text, String name) {
    return Double.parseDouble(text.getOrDefault(name, ""));
  }
}
