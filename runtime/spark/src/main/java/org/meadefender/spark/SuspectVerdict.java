package org.meadefender.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What was found on one suspect for one claim.
 *
 * @param suspect as it was passed
 * @param claim its name
 * @param verdict {@code Owned}, {@code Traces}, {@code NotOwned} or {@code Inconclusive}; null if
 *     the suspect could not be opened or asked
 * @param report the verdict with its figures, or why there is none
 */
public record SuspectVerdict(String suspect, String claim, @Nullable String verdict, String report)
    implements Serializable {}
