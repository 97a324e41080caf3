package org.meadefender.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.meadefender.batch.RowRecipe;
import org.meadefender.loss.LossWeights;
import org.meadefender.train.Method;
import org.meadefender.verify.Evaluation;

/**
 * The rule by which rehearsals steer: from how a mark is taught and what a rehearsal found to how
 * it is taught next. One step per rehearsal, inside fixed ranges; what the user set outside of one
 * is not moved further out.
 *
 * <ol>
 *   <li>The mark costs more accuracy than allowed, by more than a standard error: less coupling,
 *       lighter watermark rows. Nothing else then.
 *   <li>The network itself does not know the mark well: heavier watermark rows.
 *   <li>A copy keeps too little: more coupling, twice as much where it is far too little. If the
 *       network knows the mark and answers hardly any other mix with the target, it has isolated
 *       the mark: lighter watermark and evasion rows too.
 *   <li>It answers too many other ways of combining with the target: heavier evasion rows; too many
 *       other class pairs: more pair negatives.
 * </ol>
 */
final class Steering {
  /** A network with less does not know its mark. */
  static final double VICTIM_WSR = 0.97;

  /** The paper's WFPR is 5 to 6 %. */
  static final double MOST_FALSE_POSITIVES = 0.06;

  /** Decoy pairs above it make evidence dear. */
  static final double MOST_SPILL = 0.2;

  /** Below it the mark stands by itself: long trainings have 1 to 3 %, short ones 4 to 5 %. */
  static final double ISOLATED_BELOW = 0.03;

  static final double COUPLING_STEP = 0.05;

  /** A copy further below the goal than this raises the coupling by two steps. */
  static final double FAR_BELOW = 0.2;

  static final double MOST_COUPLING = 0.4;
  static final double PAIR_NEGATIVES_STEP = 0.1;
  static final double MOST_PAIR_NEGATIVES = 0.5;

  /** Two steps lead from the weight 3, best in short trainings, near 1, best in long ones. */
  static final double WEIGHT_FACTOR = 1.5;

  static final double LEAST_VERIFICATION = 1;
  static final double MOST_VERIFICATION = 6;
  static final double LEAST_EVASION = 0.5;
  static final double MOST_EVASION = 3;

  private Method method;
  private final List<String> reasons = new ArrayList<>();

  private Steering(Method method) {
    this.method = method;
  }

  /**
   * What to do next.
   *
   * @param method how the mark is taught
   * @param reasons what was changed and why, in words; at least one
   */
  record Step(Method method, List<String> reasons) {}

  /** Applies the rule. */
  static Step steer(Method method, RehearsalFindings findings, Rehearsal wish) {
    Steering steering = new Steering(method);
    steering.apply(findings, wish);
    if (steering.method.equals(method)) {
      steering.reasons.add("how the mark is taught stays as it is");
    }
    return new Step(steering.method, List.copyOf(steering.reasons));
  }

  private void apply(RehearsalFindings findings, Rehearsal wish) {
    if (findings.accuracyLoss().filter(loss -> loss.exceeds(wish.accuracyBudget())).isPresent()) {
      reasons.add("the mark costs more accuracy than it may");
      coupling(share -> down(share, share - COUPLING_STEP, 0));
      verification(weight -> down(weight, weight / WEIGHT_FACTOR, LEAST_VERIFICATION));
      return;
    }
    Evaluation victim = findings.victim();
    boolean known = victim.lowestSuccessRate() >= VICTIM_WSR;
    if (!known) {
      reasons.add("the network's own WSR is " + percent(victim.lowestSuccessRate()));
      verification(weight -> up(weight, weight * WEIGHT_FACTOR, MOST_VERIFICATION));
    }
    if (findings.stolenWsr() < wish.stolenWsrGoal()) {
      reasons.add("a copy keeps a WSR of " + percent(findings.stolenWsr()));
      if (findings
          .accuracyLoss()
          .filter(loss -> loss.share() > wish.accuracyBudget())
          .isPresent()) {
        reasons.add("the accuracy budget is spent");
      } else {
        int steps = wish.stolenWsrGoal() - findings.stolenWsr() > FAR_BELOW ? 2 : 1;
        coupling(share -> up(share, share + steps * COUPLING_STEP, MOST_COUPLING));
      }
      if (known && victim.highestFalsePositiveRate() < ISOLATED_BELOW) {
        reasons.add("the network isolates its mark");
        verification(weight -> down(weight, weight / WEIGHT_FACTOR, LEAST_VERIFICATION));
        evasion(weight -> down(weight, weight / WEIGHT_FACTOR, LEAST_EVASION));
      }
    } else {
      reasons.add("both copies reach the goal");
    }
    if (victim.highestFalsePositiveRate() > MOST_FALSE_POSITIVES) {
      reasons.add("the network's WFPR is " + percent(victim.highestFalsePositiveRate()));
      evasion(weight -> up(weight, weight * WEIGHT_FACTOR, MOST_EVASION));
    }
    if (victim.highestSpill() > MOST_SPILL) {
      reasons.add("its spill is " + percent(victim.highestSpill()));
      pairNegatives(share -> up(share, share + PAIR_NEGATIVES_STEP, MOST_PAIR_NEGATIVES));
    }
  }

  private static double up(double now, double next, double most) {
    return Math.max(now, Math.min(next, most));
  }

  private static double down(double now, double next, double least) {
    return Math.min(now, Math.max(next, least));
  }

  private void coupling(UnaryOperator<Double> change) {
    RowRecipe recipe = method.recipe();
    double next = changed("coupling", recipe.coupling(), change);
    method = method.withRecipe(new RowRecipe(recipe.graded(), recipe.pairNegatives(), next));
  }

  private void pairNegatives(UnaryOperator<Double> change) {
    RowRecipe recipe = method.recipe();
    double next = changed("pair negatives", recipe.pairNegatives(), change);
    method = method.withRecipe(new RowRecipe(recipe.graded(), next, recipe.coupling()));
  }

  private void verification(UnaryOperator<Double> change) {
    LossWeights weights = method.weights();
    double next = changed("verification weight", weights.verification(), change);
    method = method.withWeights(new LossWeights(next, weights.combination(), weights.evasion()));
  }

  private void evasion(UnaryOperator<Double> change) {
    LossWeights weights = method.weights();
    double next = changed("evasion weight", weights.evasion(), change);
    method =
        method.withWeights(new LossWeights(weights.verification(), weights.combination(), next));
  }

  private double changed(String name, double now, UnaryOperator<Double> change) {
    double next = change.apply(now);
    if (next != now) {
      reasons.add(String.format(Locale.ROOT, "%s %.2f → %.2f", name, now, next));
    }
    return next;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
