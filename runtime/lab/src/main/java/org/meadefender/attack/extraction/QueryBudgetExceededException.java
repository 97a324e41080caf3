package org.meadefender.attack.extraction;

/** A black box was asked for more answers than it was allowed to give. */
public final class QueryBudgetExceededException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  QueryBudgetExceededException(long asked, long used, long budget) {
    super(
        "Asked for "
            + asked
            + " answers after "
            + used
            + " of "
            + budget
            + "; ask for at most remaining(), or allow a larger budget");
  }
}
