package org.meadefender.attack.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.meadefender.annotations.Combine;
import org.meadefender.combine.BlendingAutoencoder;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.SampleShape;
import org.meadefender.combine.Watermark;
import org.meadefender.data.LabelledSamples;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;

/** What an attacker can mix who has read the paper and this library, but not the owner's key. */
public final class PublicMixes {
  private static final int BATCH = 256;

  private PublicMixes() {}

  /**
   * Ways of combining of all kinds, under a key of the attacker's own.
   *
   * @param data of the attacker, which an autoencoder is trained on
   * @param autoencoder whether the attacker takes the trouble to train one
   */
  public static List<Combiner> all(LabelledSamples data, boolean autoencoder, long seed) {
    OwnerKey key = OwnerKey.insecureFromSeed(seed);
    List<Combiner> result = new ArrayList<>();
    for (Combine kind : Combine.values()) {
      if (kind != Combine.AUTOENCODER_BLENDING) {
        result.addAll(of(kind, data.width(), key));
      } else if (autoencoder) {
        OwnerKey blending =
            BlendingAutoencoder.train(data.shuffledBatches(BATCH, seed), key).addTo(key);
        result.addAll(of(kind, data.width(), blending));
      }
    }
    return result;
  }

  private static List<Combiner> of(Combine kind, int classes, OwnerKey key) {
    Watermark guess = Watermark.derive(WatermarkSpec.of(0, 1, 1).withCombine(kind), key, classes);
    List<Combiner> result = new ArrayList<>();
    result.add(guess.secret());
    result.addAll(guess.others());
    return result;
  }

  /** The secret way of one kind that needs no autoencoder, under a key of the attacker's own. */
  public static Combiner guess(Combine kind, int classes, long seed) {
    return of(kind, classes, OwnerKey.insecureFromSeed(seed)).get(0);
  }

  /** Random pairs of rows whose classes differ. */
  public static List<int[]> pairsOfDifferentClasses(
      LabelledSamples data, int count, RandomGenerator random) {
    int first = data.topClass(0);
    if (data.rowsOfClass(first).length == data.size()) {
      throw new IllegalArgumentException(
          "All rows have the class " + first + "; mixing needs rows of at least two classes");
    }
    List<int[]> pairs = new ArrayList<>();
    while (pairs.size() < count) {
      int a = random.nextInt(data.size());
      int b = random.nextInt(data.size());
      if (data.topClass(a) != data.topClass(b)) {
        pairs.add(new int[] {a, b});
      }
    }
    return pairs;
  }

  /**
   * Combines pairs of rows.
   *
   * @param way how to combine a pair
   * @param label class of the result
   */
  public static LabelledSamples mix(
      LabelledSamples data,
      List<int[]> pairs,
      Function<int[], Combiner> way,
      ToIntFunction<int[]> label,
      RandomGenerator random) {
    long[] sample = data.sampleShape();
    long[] batch = new long[sample.length + 1];
    batch[0] = 1;
    System.arraycopy(sample, 0, batch, 1, sample.length);
    SampleShape shape = SampleShape.of(batch);
    int[] firsts = pairs.stream().mapToInt(pair -> pair[0]).toArray();
    int[] classes = new int[firsts.length];
    float[][] rows = new float[firsts.length][];
    for (int i = 0; i < firsts.length; i++) {
      int[] pair = pairs.get(i);
      rows[i] = way.apply(pair).combine(data.row(pair[0]), data.row(pair[1]), shape, random);
      classes[i] = label.applyAsInt(pair);
    }
    Iterator<float[]> next = Arrays.asList(rows).iterator();
    return data.select(firsts).mapFeatures(old -> next.next()).withClasses(classes, data.width());
  }
}
