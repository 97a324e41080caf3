package org.meadefender.processor;

/**
 * One watermark as annotated, unchecked.
 *
 * @param annotation simple name of the annotation that stands on the class, with its "@"
 * @param combine name of the enum constant; kinds are passed through, so that new ones need no
 *     change here
 */
record MarkDeclaration(
    String annotation,
    Setting<Integer> sourceA,
    Setting<Integer> sourceB,
    Setting<Double> ratio,
    Setting<Integer> target,
    Setting<String> combine,
    Setting<Boolean> evasion) {}
