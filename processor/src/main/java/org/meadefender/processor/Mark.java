package org.meadefender.processor;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One valid watermark.
 *
 * @param target absent where the owner's key chooses
 * @param combine absent for the default kind
 */
record Mark(
    int sourceA,
    int sourceB,
    double ratio,
    OptionalInt target,
    Optional<String> combine,
    boolean evasion) {}
