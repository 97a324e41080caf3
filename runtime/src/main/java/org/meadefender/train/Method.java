package org.meadefender.train;

import java.util.Optional;
import org.meadefender.batch.RowRecipe;
import org.meadefender.loss.LossWeights;
import org.meadefender.loss.Mgda;

/**
 * How a watermark is taught.
 *
 * @param weights what watermark and evasion rows count; with {@code mgda}, β1 and β2 of the
 *     watermark loss (paper, eq. 6)
 * @param recipe which rows there are beside the paper's
 * @param mgda how the losses are balanced in every step; empty for fixed weights
 */
public record Method(LossWeights weights, RowRecipe recipe, Optional<Mgda> mgda) {

  /** What measured best; see the README. */
  public static final Method DEFAULT =
      new Method(LossWeights.DEFAULT, RowRecipe.DEFAULT, Optional.empty());

  /** The paper's plain method: {@code L_com + L_ver}, evasion, and MGDA over the three losses. */
  public static final Method PAPER =
      new Method(new LossWeights(1, 1, 1), RowRecipe.PAPER, Optional.of(Mgda.PAPER));

  /** The same with other weights. */
  public Method withWeights(LossWeights newWeights) {
    return new Method(newWeights, recipe, mgda);
  }

  /** The same with other rows. */
  public Method withRecipe(RowRecipe newRecipe) {
    return new Method(weights, newRecipe, mgda);
  }

  /** The same with losses that are balanced in every step. */
  public Method withMgda(Mgda newMgda) {
    return new Method(weights, recipe, Optional.of(newMgda));
  }

  /** The same with fixed weights. */
  public Method withFixedWeights() {
    return new Method(weights, recipe, Optional.empty());
  }
}
