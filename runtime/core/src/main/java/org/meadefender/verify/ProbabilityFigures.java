package org.meadefender.verify;

/**
 * What probabilities show of a mark that the top class may not.
 *
 * @param logProbability mean log-probability of the target on the secret rows
 * @param panelLogProbability highest of the reference models
 * @param statistic the mark's excess over the reference models, less the mean excess of unrelated
 *     triples on the same suspect, over their standard deviation
 * @param highestOfPanel highest statistic when each reference model plays the suspect in turn, over
 *     all unrelated triples
 * @param spread standard deviation of the statistic between unrelated models, at least 1
 * @param degreesOfFreedom of the t distribution that stands for them; few where unrelated triples
 *     have heavy tails, as on a marked model
 * @param pValue chance that one more unrelated model has such a statistic: modelled, and no less
 *     than the share of {@code highestOfPanel}'s candidates that reach it, if any do
 * @param pairedPValue exact one-sided sign test of secret rows against other ways on the same
 *     pairs, both less the panel's mean
 * @param rank comparison with other triples, other ways and other keys on the same model
 */
public record ProbabilityFigures(
    double logProbability,
    double panelLogProbability,
    double statistic,
    double highestOfPanel,
    double spread,
    double degreesOfFreedom,
    double pValue,
    double pairedPValue,
    MarkFigures.Rank rank) {}
