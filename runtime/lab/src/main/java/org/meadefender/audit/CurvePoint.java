package org.meadefender.audit;

/**
 * Where a result stands on a curve of the audit's page, which shows how success rate and accuracy
 * go with one parameter. Results with the same title are points of one curve.
 *
 * @param title of the curve
 * @param explanation how to read it, one sentence
 * @param axis name of the parameter
 * @param x its value
 * @param fromUnattacked whether the curve begins with the unattacked model at 0
 */
public record CurvePoint(
    String title, String explanation, String axis, double x, boolean fromUnattacked) {}
