package org.meadefender.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.meadefender.reference.PanelDescription;

/**
 * All that a verdict rests on.
 *
 * @param marks one entry per watermark; empty if the suspect could not be questioned
 * @param alpha chance of a false claim that the tests allow, shared by the bases
 * @param topClass tests of the top class
 * @param probabilities tests of probabilities; empty where the suspect gives none, or without panel
 * @param clean held-out samples that the suspect classifies correctly
 * @param classOrder the suspect's output for each class of the held-out data, where these are not
 *     in the same order; else empty
 * @param labelMode what its answers look like
 * @param queries rows that the suspect answered
 * @param freshQueries those of them that it was really asked, and not taken from a transcript
 * @param panel the reference models
 * @param notes what a reader must know besides, in sentences
 * @param origin what was tested, with what
 * @since 0.1.0
 */
public record VerificationFigures(
    List<MarkFigures> marks,
    double alpha,
    BasisFigures topClass,
    Optional<BasisFigures> probabilities,
    Rate clean,
    List<Integer> classOrder,
    LabelMode labelMode,
    int queries,
    int freshQueries,
    PanelDescription panel,
    List<String> notes,
    Origin origin) {

  /**
   * Where the figures come from.
   *
   * @param suspect digest or address of the suspect
   * @param keyFingerprint fingerprint of the owner's key
   * @param heldOutDigest digest of the whole held-out pool, see {@link
   *     OwnershipVerifier#heldOutDigest}
   * @param heldOutCommitted whether that digest was committed to before
   * @param transcriptHash SHA-256 of all answers
   * @param version version of this library
   * @param commitment digest of the registration, if there is one
   */
  public record Origin(
      String suspect,
      String keyFingerprint,
      String heldOutDigest,
      boolean heldOutCommitted,
      String transcriptHash,
      String version,
      @Nullable String commitment) {}

  /** Copies the lists. */
  public VerificationFigures {
    marks = List.copyOf(marks);
    classOrder = List.copyOf(classOrder);
    notes = List.copyOf(notes);
  }

  /** The bases that were tested, the top class first. */
  public List<BasisFigures> bases() {
    List<BasisFigures> all = new ArrayList<>(List.of(topClass));
    probabilities.ifPresent(all::add);
    return all;
  }

  /** WSR over all marks; NaN if nothing was measured. */
  public double watermarkSuccessRate() {
    return marks.stream().map(MarkFigures::watermark).reduce(Rate.NONE, Rate::plus).share();
  }

  /** Largest null rate of all marks; NaN if nothing was measured. */
  public double nullRate() {
    return marks.stream().mapToDouble(MarkFigures::p0).max().orElse(Double.NaN);
  }

  /** P-value of the top class over all marks; NaN without marks. */
  public double pValue() {
    return topClass.pValue();
  }

  /** Rank p-value of the top class over all marks; NaN without marks. */
  public double rankPValue() {
    return topClass.rankPValue();
  }

  /** Accuracy on the held-out samples; NaN if nothing was measured. */
  public double accuracy() {
    return clean.share();
  }

  /** What a suspect's answers look like. */
  public enum LabelMode {
    /** Class probabilities. */
    SOFT,
    /** The top class only. */
    HARD
  }
}
