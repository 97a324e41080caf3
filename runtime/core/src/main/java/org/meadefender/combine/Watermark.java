package org.meadefender.combine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.meadefender.annotations.Protected;
import org.meadefender.internal.StreamKey;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;

/**
 * A spec with every free choice made from the owner's key: the target, the secret combiner, and the
 * other ways of combining that evasion rows and decoys use.
 *
 * <p>Holds no secret but the choices; {@link #toString()} shows none of them.
 *
 * @since 0.1.0
 */
public final class Watermark {
  private final WatermarkSpec spec;
  private final Function<String, RandomGenerator> streams;
  private final String keyName;
  private final int classes;
  private final int target;
  private final KeyedWays ways;

  /**
   * A mark whose choices are made.
   *
   * @param streams gives the stream of a label
   * @param keyName says which key it is of, and nothing of it
   */
  Watermark(
      WatermarkSpec spec,
      Function<String, RandomGenerator> streams,
      String keyName,
      int classes,
      int target,
      KeyedWays ways) {
    this.spec = spec;
    this.streams = streams;
    this.keyName = keyName;
    this.classes = classes;
    this.target = target;
    this.ways = ways;
  }

  /**
   * Makes the choices.
   *
   * @param classes number of classes of the model, at least 3
   * @throws IllegalArgumentException if a class of the spec does not exist in the model, if it
   *     names a {@link CombinerKind} that cannot be found or used, or if it asks for autoencoder
   *     blending and the key has no autoencoder
   */
  public static Watermark derive(WatermarkSpec spec, OwnerKey key, int classes) {
    return derive(spec, key, classes, () -> autoencoder(key));
  }

  private static BlendingAutoencoder autoencoder(OwnerKey key) {
    return BlendingAutoencoder.of(key)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "AUTOENCODER_BLENDING needs an autoencoder, and the key "
                        + key.fingerprint()
                        + " has none; train one on samples of the task, key ="
                        + " BlendingAutoencoder.train(data, key).addTo(key), and save that key"));
  }

  private static Watermark derive(
      WatermarkSpec spec, OwnerKey key, int classes, Supplier<BlendingAutoencoder> autoencoder) {
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
    KeyedWays ways = KeyedWays.of(spec, combinerStream(spec, key).random(), autoencoder);
    return new Watermark(spec, key::random, key.fingerprint(), classes, target, ways);
  }

  /** What the choice of the secret combiner comes from. */
  static StreamKey combinerStream(WatermarkSpec spec, OwnerKey key) {
    String label = spec.ownCombiner().map(name -> "combiner/" + name).orElse("combiner");
    return StreamKey.of(key.streamSecret(label(spec, label)));
  }

  /**
   * The same mark as another key would have it: with that key's way of combining, this one's
   * target, and this one's autoencoder, if it has one.
   *
   * @param classes number of classes of the model
   */
  public Watermark underKey(OwnerKey other, int classes) {
    return derive(
        spec.withTarget(target),
        other,
        classes,
        () ->
            ways.secret() instanceof AutoencoderBlend blend
                ? blend.autoencoder()
                : autoencoder(other));
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

  /** The spec that the choices complete. */
  public WatermarkSpec spec() {
    return spec;
  }

  /** Number of classes of the model. */
  public int classes() {
    return classes;
  }

  /** Class index that watermark samples are taught to be. */
  public int target() {
    return target;
  }

  /** The secret way of combining, {@code c_wm}. */
  public Combiner secret() {
    return ways.secret();
  }

  /** Other ways of combining the same samples, at least one. */
  public List<Combiner> others() {
    return ways.others();
  }

  /** A stream of keyed random numbers for one purpose of this watermark. */
  public RandomGenerator random(String purpose) {
    return streams.apply(label(spec, purpose));
  }

  /** The spec and the key's fingerprint, none of the choices. */
  @Override
  public String toString() {
    return "Watermark[" + spec + ", key " + keyName + "]";
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
