package org.meadefender.combine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.meadefender.annotations.Combine;
import org.meadefender.spec.WatermarkSpec;

/**
 * The ways of combining that a stream of the owner's key chooses.
 *
 * @param secret the way of watermark rows
 * @param others the ways of evasion rows and decoys
 */
record KeyedWays(Combiner secret, List<Combiner> others) {
  private static final double SPLIT_LOW = 0.375;
  private static final double SPLIT_HIGH = 0.625;

  /** The released code varies its cut by 3 of 32 pixels. */
  private static final double SPLIT_JITTER = 3.0 / 32;

  /** Around the paper's 0.5. */
  private static final double ALPHA_LOW = 0.4;

  private static final double ALPHA_HIGH = 0.6;

  /** Shares of A in mixes that show one sample with a trace of the other. */
  private static final double LITTLE = 0.15;

  private static final double MUCH = 0.85;

  /** As in the paper. */
  private static final int STRIPES = 5;

  KeyedWays {
    others = List.copyOf(others);
  }

  /**
   * Chooses ways of the kind that a spec names.
   *
   * @param random the stream of that choice
   * @param autoencoder asked for by the kind that blends with it only
   */
  static KeyedWays of(
      WatermarkSpec spec, RandomGenerator random, Supplier<BlendingAutoencoder> autoencoder) {
    return spec.ownCombiner()
        .map(name -> own(name, random))
        .orElseGet(() -> of(spec.combine(), random, autoencoder));
  }

  /**
   * Chooses ways of a built-in kind.
   *
   * @param autoencoder asked for by the kind that blends with it only
   */
  static KeyedWays of(
      Combine kind, RandomGenerator random, Supplier<BlendingAutoencoder> autoencoder) {
    return switch (kind) {
      case CROP_AND_PASTE -> cropAndPaste(random);
      case PIXEL_MERGING -> pixelMerging(random);
      case STRIPES -> stripes(random);
      case AUTOENCODER_BLENDING -> autoencoderBlending(random, autoencoder.get());
    };
  }

  /** Chooses a way of a user's own kind. */
  static KeyedWays own(String name, RandomGenerator random) {
    Combiner secret = OwnCombiner.derive(name, random);
    List<Combiner> others = new ArrayList<>(shapes());
    others.addAll(halves());
    others.add(new Geometry.Merge(0.5));
    return new KeyedWays(secret, OwnCombiner.otherThan(secret, others));
  }

  private static KeyedWays cropAndPaste(RandomGenerator random) {
    boolean horizontal = random.nextBoolean();
    boolean aFirst = random.nextBoolean();
    double position = random.nextDouble(SPLIT_LOW, SPLIT_HIGH);
    List<Combiner> others = new ArrayList<>(shapes());
    others.add(new Geometry.Split(horizontal, 1 - position, SPLIT_JITTER, !aFirst));
    others.add(new Geometry.Split(!horizontal, position, SPLIT_JITTER, aFirst));
    others.add(new Geometry.Split(!horizontal, 1 - position, SPLIT_JITTER, !aFirst));
    others.add(new Geometry.Split(horizontal, LITTLE, 0.05, aFirst));
    others.add(new Geometry.Split(horizontal, MUCH, 0.05, aFirst));
    others.add(new Geometry.Merge(0.5));
    return new KeyedWays(new Geometry.Split(horizontal, position, SPLIT_JITTER, aFirst), others);
  }

  private static KeyedWays pixelMerging(RandomGenerator random) {
    double alpha = random.nextDouble(ALPHA_LOW, ALPHA_HIGH);
    List<Combiner> others = new ArrayList<>(shapes());
    others.addAll(halves());
    others.add(new Geometry.Merge(LITTLE));
    others.add(new Geometry.Merge(MUCH));
    return new KeyedWays(new Geometry.Merge(alpha), others);
  }

  private static KeyedWays stripes(RandomGenerator random) {
    boolean horizontal = random.nextBoolean();
    List<Boolean> ofA = drawStripes(random);
    List<Combiner> others = new ArrayList<>(shapes());
    List<Boolean> inverse = ofA.stream().map(each -> !each).toList();
    others.add(new Geometry.Stripes(horizontal, inverse));
    others.add(new Geometry.Stripes(!horizontal, ofA));
    others.add(new Geometry.Stripes(!horizontal, inverse));
    others.addAll(halves());
    others.add(new Geometry.Merge(0.5));
    return new KeyedWays(new Geometry.Stripes(horizontal, ofA), others);
  }

  private static KeyedWays autoencoderBlending(
      RandomGenerator random, BlendingAutoencoder autoencoder) {
    double alpha = random.nextDouble(ALPHA_LOW, ALPHA_HIGH);
    List<Combiner> others = new ArrayList<>();
    for (Combiner cut : Stream.concat(shapes().stream(), halves().stream()).toList()) {
      others.add(new AutoencoderLook(autoencoder, cut));
    }
    others.add(new Geometry.Merge(0.5));
    others.add(new AutoencoderBlend(autoencoder, LITTLE));
    others.add(new AutoencoderBlend(autoencoder, MUCH));
    return new KeyedWays(new AutoencoderBlend(autoencoder, alpha), others);
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
}
