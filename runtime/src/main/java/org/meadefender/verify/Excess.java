package org.meadefender.verify;

/**
 * How much more often a suspect answers with a class than unrelated models do. Some pairs of
 * classes look like a third one to any model; what is left beyond that needs another explanation.
 *
 * @param suspect rate of the suspect
 * @param natural highest rate of the unrelated models; without rows it counts as 0
 */
record Excess(Rate suspect, Rate natural) {
  /** Nothing was asked. */
  static final Excess NONE = new Excess(Rate.NONE, Rate.NONE);

  /** From -1 to 1; NaN if the suspect was not asked. */
  double share() {
    return suspect.share() - naturalShare();
  }

  /** From 0 to 1. */
  double naturalShare() {
    return natural.rows() == 0 ? 0 : natural.share();
  }

  /** Least value, where both rates are within their intervals of this error. */
  double lower(double error) {
    return Statistics.interval(suspect, error).getLowerBound()
        - (natural.rows() == 0 ? 0 : Statistics.interval(natural, error).getUpperBound());
  }

  /** Largest value, where both rates are within their intervals of this error. */
  double upper(double error) {
    return Statistics.interval(suspect, error).getUpperBound()
        - (natural.rows() == 0 ? 0 : Statistics.interval(natural, error).getLowerBound());
  }
}
