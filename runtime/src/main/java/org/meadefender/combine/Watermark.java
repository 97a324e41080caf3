package org.meadefender.combine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.meadefender.annotations.Protected;
import org.meadefender.spec.KeyedRandom;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;

/**
 * A spec with every free choice made from the owner's key: the target, the secret combiner, and the
 * other ways of combining that evasion rows and decoys use.
 *
 * <p>Holds no secret but the choices; {@link #toString()} shows none of them.
 */
public final class Watermark {
  private static final double SPLIT_LOW = 0.375;
  private static final double SPLIT_HIGH = 0.625;

  /** The released code varies its cut by 3 of 32 pixels. */
  private static final double SPLIT_JITTER = 3.0 / 32;

  /** Around the paper's 0.5. */
  private static final double ALPHA_LOW = 0.4;

  private static final double ALPHA_HIGH = 0.6;

  /** As in the paper. */
  private static final int STRIPES = 5;

  private final WatermarkSpec spec;
  private final OwnerKey key;
  private final int target;
  private final Combiner secret;
  private final List<Combiner> others;

  private Watermark(
      WatermarkSpec spec, OwnerKey key, int target, Combiner secret, List<Combiner> others) {
    this.spec = spec;
    this.key = key;
    this.target = target;
    this.secret = secret;
    this.others = others;
  }

  /**
   * Makes the choices.
   *
   * @param classes number of classes of the model, at least 3
   * @throws IllegalArgumentException if a class of the spec does not exist in the model, or if it
   *     names a {@link CombinerKind} that cannot be found or used
   */
  public static Watermark derive(WatermarkSpec spec, OwnerKey key, int classes) {
    if (classes < 3) {
      throw new IllegalArgumentException(
          "The model has " + classes + " classes; a watermark needs at least 3: A, B and target");
    }
    requireBelow("sourceA", spec.sourceA(), classes);
    requireBelow("sourceB", spec.sourceB(), classes);
    requireBelow("target", spec.target(), classes);
    int target = spec.target();
    if (target == Protected.TARGET_FROM_KEY) {
      int[] candidates =
          IntStream.range(0, classes)
              .filter(c -> c != spec.sourceA() && c != spec.sourceB())
              .toArray();
      target = candidates[key.random(label(spec, "target")).nextInt(candidates.length)];
    }
    if (spec.ownCombiner().isPresent()) {
      return own(spec, key, target, spec.ownCombiner().get());
    }
    KeyedRandom random = key.random(label(spec, "combiner"));
    return switch (spec.combine()) {
      case CROP_AND_PASTE -> cropAndPaste(spec, key, target, random);
      case PIXEL_MERGING -> pixelMerging(spec, key, target, random);
      case STRIPES -> stripes(spec, key, target, random);
    };
  }

  /**
   * Makes the choices for several marks on one model.
   *
   * @param specs at least one; no class is a source twice
   * @param classes number of classes of the model, at least 3
   * @throws IllegalArgumentException if the specs do not fit together or a class does not exist
   */
  public static List<Watermark> deriveAll(List<WatermarkSpec> specs, OwnerKey key, int classes) {
    if (specs.isEmpty()) {
      throw new IllegalArgumentException("No watermark is given; at least one is needed");
    }
    Set<Integer> sources = new HashSet<>();
    for (WatermarkSpec spec : specs) {
      if (!sources.add(spec.sourceA()) || !sources.add(spec.sourceB())) {
        throw new IllegalArgumentException(
            "The watermark "
                + spec
                + " shares a source class with another; several marks need disjoint sources");
      }
    }
    return specs.stream().map(spec -> derive(spec, key, classes)).toList();
  }

  private static Watermark cropAndPaste(
      WatermarkSpec spec, OwnerKey key, int target, RandomGenerator random) {
    boolean horizontal = random.nextBoolean();
    boolean aFirst = random.nextBoolean();
    double position = random.nextDouble(SPLIT_LOW, SPLIT_HIGH);
    List<Combiner> others = new ArrayList<>(shapes());
    others.add(new Geometry.Split(horizontal, 1 - position, SPLIT_JITTER, !aFirst));
    others.add(new Geometry.Split(!horizontal, position, SPLIT_JITTER, aFirst));
    others.add(new Geometry.Split(!horizontal, 1 - position, SPLIT_JITTER, !aFirst));
    others.add(new Geometry.Split(horizontal, 0.15, 0.05, aFirst));
    others.add(new Geometry.Split(horizontal, 0.85, 0.05, aFirst));
    others.add(new Geometry.Merge(0.5));
    return new Watermark(
        spec,
        key,
        target,
        new Geometry.Split(horizontal, position, SPLIT_JITTER, aFirst),
        List.copyOf(others));
  }

  private static Watermark pixelMerging(
      WatermarkSpec spec, OwnerKey key, int target, RandomGenerator random) {
    double alpha = random.nextDouble(ALPHA_LOW, ALPHA_HIGH);
    List<Combiner> others = new ArrayList<>(shapes());
    others.addAll(halves());
    others.add(new Geometry.Merge(0.15));
    others.add(new Geometry.Merge(0.85));
    return new Watermark(spec, key, target, new Geometry.Merge(alpha), List.copyOf(others));
  }

  private static Watermark stripes(
      WatermarkSpec spec, OwnerKey key, int target, RandomGenerator random) {
    boolean horizontal = random.nextBoolean();
    List<Boolean> ofA = drawStripes(random);
    List<Combiner> others = new ArrayList<>(shapes());
    List<Boolean> inverse = ofA.stream().map(each -> !each).toList();
    others.add(new Geometry.Stripes(horizontal, inverse));
    others.add(new Geometry.Stripes(!horizontal, ofA));
    others.add(new Geometry.Stripes(!horizontal, inverse));
    others.addAll(halves());
    others.add(new Geometry.Merge(0.5));
    return new Watermark(
        spec, key, target, new Geometry.Stripes(horizontal, ofA), List.copyOf(others));
  }

  private static Watermark own(WatermarkSpec spec, OwnerKey key, int target, String name) {
    Combiner secret = OwnCombiner.derive(name, key.random(label(spec, "combiner/" + name)));
    List<Combiner> others = new ArrayList<>(shapes());
    others.addAll(halves());
    others.add(new Geometry.Merge(0.5));
    return new Watermark(spec, key, target, secret, OwnCombiner.otherThan(secret, others));
  }

  /**
   * Two or three of five stripes, never a plain cut: A must stand on both sides of B, or B on both
   * sides of A.
   */
  private static List<Boolean> drawStripes(RandomGenerator random) {
    while (true) {
      List<Boolean> ofA = random.ints(STRIPES, 0, 2).mapToObj(each -> each == 1).toList();
      long count = ofA.stream().filter(each -> each).count();
      long changes =
          IntStream.range(1, STRIPES).filter(i -> !ofA.get(i).equals(ofA.get(i - 1))).count();
      if ((count == 2 || count == 3) && changes > 1) {
        return ofA;
      }
    }
  }

  private static List<Combiner> halves() {
    List<Combiner> halves = new ArrayList<>();
    for (boolean horizontal : new boolean[] {false, true}) {
      halves.add(new Geometry.Split(horizontal, 0.5, SPLIT_JITTER, true));
      halves.add(new Geometry.Split(horizontal, 0.5, SPLIT_JITTER, false));
    }
    return halves;
  }

  private static List<Combiner> shapes() {
    List<Combiner> shapes = new ArrayList<>();
    for (boolean flag : new boolean[] {false, true}) {
      shapes.add(new Geometry.Diagonal(true, flag));
      shapes.add(new Geometry.Diagonal(false, flag));
      shapes.add(new Geometry.Patch(0.6, flag));
      shapes.add(new Geometry.Band(true, 0.4, flag));
      shapes.add(new Geometry.Band(false, 0.4, flag));
    }
    return shapes;
  }

  /** The spec that the choices complete. */
  public WatermarkSpec spec() {
    return spec;
  }

  /** Class index that watermark samples are taught to be. */
  public int target() {
    return target;
  }

  /** The secret way of combining, {@code c_wm}. */
  public Combiner secret() {
    return secret;
  }

  /** Other ways of combining the same samples, at least one. */
  public List<Combiner> others() {
    return others;
  }

  /** A stream of keyed random numbers for one purpose of this watermark. */
  public KeyedRandom random(String purpose) {
    return key.random(label(spec, purpose));
  }

  /** The spec and the key's fingerprint, none of the choices. */
  @Override
  public String toString() {
    return "Watermark[" + spec + ", key " + key.fingerprint() + "]";
  }

  /** Two marks on one model share a key; their sources tell their choices apart. */
  private static String label(WatermarkSpec spec, String purpose) {
    return purpose + "/" + spec.sourceA() + "/" + spec.sourceB();
  }

  private static void requireBelow(String name, int value, int classes) {
    if (value >= classes) {
      throw new IllegalArgumentException(
          name
              + " is "
              + value
              + ", but the model has "
              + classes
              + " classes; it must be from 0 to "
              + (classes - 1));
    }
  }
}
