package org.meadefender.verify;

/**
 * How a suspect answers clean samples of a mark's classes.
 *
 * @param sourceA samples of source A answered with A
 * @param sourceB samples of source B answered with B
 * @param target samples of the target answered with the target; no rows if there are none
 * @param sourcesAsTarget samples of both sources answered with the target: if these are frequent,
 *     the watermark rows show nothing but the samples they were made of
 */
public record Recognition(Rate sourceA, Rate sourceB, Rate target, Rate sourcesAsTarget) {}
