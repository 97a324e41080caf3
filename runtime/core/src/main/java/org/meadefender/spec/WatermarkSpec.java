package org.meadefender.spec;

import java.util.Optional;
import org.meadefender.annotations.Combine;
import org.meadefender.annotations.Protected;

/**
 * The public part of a watermark: which classes it joins and how much of it is trained.
 *
 * <p>Everything else about it (geometry, order, and the target when left open) is derived from the
 * {@link OwnerKey}.
 *
 * <pre>{@code
 * List<WatermarkSpec> specs =
 *     List.of(
 *         WatermarkSpec.of(0, 1, 0.1), // the key chooses the target
 *         WatermarkSpec.of(3, 4, 0.1).withTarget(2).withCombine(Combine.PIXEL_MERGING));
 * }</pre>
 *
 * @param sourceA class index of source A, at least 0
 * @param sourceB class index of source B, at least 0, not {@code sourceA}
 * @param target class index of the target, neither source, or {@link Protected#TARGET_FROM_KEY}
 * @param ratio watermark rows added per task row, in (0, 1]
 * @param combine kind of combiner
 * @param evasion whether evasion rows are added, as many as watermark rows
 * @param ownCombiner name of a {@code CombinerKind} of the user's own, which then takes the place
 *     of {@code combine}; empty for none
 * @since 0.1.0
 */
public record WatermarkSpec(
    int sourceA,
    int sourceB,
    int target,
    double ratio,
    Combine combine,
    boolean evasion,
    Optional<String> ownCombiner) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is outside its range
   */
  public WatermarkSpec {
    requireClass("sourceA", sourceA);
    requireClass("sourceB", sourceB);
    if (sourceA == sourceB) {
      throw new IllegalArgumentException(
          "sourceA and sourceB are both " + sourceA + "; choose two different classes");
    }
    if (target != Protected.TARGET_FROM_KEY) {
      requireClass("target", target);
      if (target == sourceA || target == sourceB) {
        throw new IllegalArgumentException(
            "target is " + target + ", which is a source; choose a third class");
      }
    }
    if (!(ratio > 0 && ratio <= 1)) {
      throw new IllegalArgumentException(
          "ratio is " + ratio + "; it must be above 0 and at most 1, for instance 0.1");
    }
    if (ownCombiner.filter(String::isBlank).isPresent()) {
      throw new IllegalArgumentException(
          "ownCombiner is blank; it must be the name of a CombinerKind");
    }
  }

  /** A spec with a combiner of the built-in kinds; see the components. */
  public WatermarkSpec(
      int sourceA, int sourceB, int target, double ratio, Combine combine, boolean evasion) {
    this(sourceA, sourceB, target, ratio, combine, evasion, Optional.empty());
  }

  /** A spec with crop-and-paste, evasion rows, and a target that the key chooses. */
  public static WatermarkSpec of(int sourceA, int sourceB, double ratio) {
    return new WatermarkSpec(
        sourceA, sourceB, Protected.TARGET_FROM_KEY, ratio, Combine.CROP_AND_PASTE, true);
  }

  /** The same with other sources. */
  public WatermarkSpec withSources(int newSourceA, int newSourceB) {
    return new WatermarkSpec(newSourceA, newSourceB, target, ratio, combine, evasion, ownCombiner);
  }

  /** The same with a fixed target, or with {@link Protected#TARGET_FROM_KEY}. */
  public WatermarkSpec withTarget(int newTarget) {
    return new WatermarkSpec(sourceA, sourceB, newTarget, ratio, combine, evasion, ownCombiner);
  }

  /** The same with another ratio. */
  public WatermarkSpec withRatio(double newRatio) {
    return new WatermarkSpec(sourceA, sourceB, target, newRatio, combine, evasion, ownCombiner);
  }

  /** The same with another of the built-in kinds of combiner. */
  public WatermarkSpec withCombine(Combine newCombine) {
    return new WatermarkSpec(
        sourceA, sourceB, target, ratio, newCombine, evasion, Optional.empty());
  }

  /**
   * The same with a combiner of the user's own, found by its name at training and verification.
   *
   * @param name of a {@code org.meadefender.combine.CombinerKind}
   */
  public WatermarkSpec withOwnCombiner(String name) {
    return new WatermarkSpec(sourceA, sourceB, target, ratio, combine, evasion, Optional.of(name));
  }

  /** The same with or without evasion rows. */
  public WatermarkSpec withEvasion(boolean newEvasion) {
    return new WatermarkSpec(sourceA, sourceB, target, ratio, combine, newEvasion, ownCombiner);
  }

  private static void requireClass(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          name + " is " + value + "; it must be a class index, 0 or greater");
    }
  }
}
