package org.meadefender.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a verdict rests on.
 *
 * @param marks one entry per watermark; empty if the suspect could not be questioned
 * @param pValue binomial p-value over all marks; NaN without marks
 * @param pairedPValue paired p-value over all marks; NaN without marks
 * @param alpha largest of these two p-values that proves ownership
 * @param rankPValue rank p-value over all marks; NaN without marks
 * @param rankAlpha largest rank p-value that proves ownership: the least that one mark can show
 * @param clean held-out samples that the suspect classifies correctly
 * @param labelMode what its answers look like
 * @param queries rows that the suspect answered
 * @param origin what was tested, with what
 */
public record VerificationFigures(
    List<MarkFigures> marks,
    double pValue,
    double pairedPValue,
    double alpha,
    double rankPValue,
    double rankAlpha,
    Rate clean,
    LabelMode labelMode,
    int queries,
    Origin origin) {

  /**
   * Where the figures come from.
   *
   * @param suspect digest or address of the suspect
   * @param keyFingerprint fingerprint of the owner's key
   * @param heldOutDigest SHA-256 of the held-out samples used; empty if none were
   * @param transcriptHash SHA-256 of all answers
   * @param version version of this library
   * @param commitment digest of the registration, if there is one
   */
  public record Origin(
      String suspect,
      String keyFingerprint,
      String heldOutDigest,
      String transcriptHash,
      String version,
      @Nullable String commitment) {}

  /** Copies the list. */
  public VerificationFigures {
    marks = List.copyOf(marks);
  }

  static VerificationFigures of(
      List<MarkFigures> marks,
      double alpha,
      Rate clean,
      LabelMode labelMode,
      int queries,
      Origin origin) {
    return new VerificationFigures(
        marks,
        product(marks, marks.stream().map(MarkFigures::pValue).toList()),
        product(marks, marks.stream().map(MarkFigures::pairedPValue).toList()),
        alpha,
        product(marks, marks.stream().map(mark -> mark.rank().pValue()).toList()),
        marks.stream().mapToDouble(mark -> mark.rank().alpha()).max().orElse(Double.NaN),
        clean,
        labelMode,
        queries,
        origin);
  }

  private static double product(List<MarkFigures> marks, List<Double> pValues) {
    return marks.isEmpty() ? Double.NaN : Statistics.product(pValues);
  }

  /** WSR over all marks; NaN if nothing was measured. */
  public double watermarkSuccessRate() {
    return marks.stream().map(MarkFigures::watermark).reduce(Rate.NONE, Rate::plus).share();
  }

  /** Largest null rate of all marks; NaN if nothing was measured. */
  public double decoyRate() {
    return marks.stream().mapToDouble(MarkFigures::p0).max().orElse(Double.NaN);
  }

  /** Accuracy on the held-out samples; NaN if nothing was measured. */
  public double accuracy() {
    return clean.share();
  }
}
