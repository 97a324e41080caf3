package org.meadefender.verify;

import java.util.List;

/**
 * What the last round of questions about a mark tells.
 *
 * @param bestOthers the best other triples on fresh rows, for the best of many looks better than it
 *     is
 * @param betterWays ways in which the same pairs are clearly more often answered with the target
 *     than in the secret one. A mark raises pairs that share a source with it, in its own way most:
 *     whoever claims a slope in another way is found out so
 */
record FurtherRates(List<RateDifference> bestOthers, int betterWays) {}
