package org.meadefender.samples.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.annotations.Combine;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.SampleShape;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a false claimant does before he registers: he trains models of his own, tries keys and class
 * triples on them, and keeps the ones that all of them confuse most.
 */
final class PreparedClaims {
  /** Rows that he spends on each pair of classes and key. */
  private static final int ROWS = 60;

  private final List<MultiLayerNetwork> own;
  private final ImageSet images;
  private final List<List<float[]>> byClass = new ArrayList<>();

  /**
   * A claimant.
   *
   * @param own his models, without a mark
   * @param images his samples
   */
  PreparedClaims(List<MultiLayerNetwork> own, ImageSet images) {
    this.own = own;
    this.images = images;
    for (int label = 0; label < images.classes(); label++) {
      byClass.add(new ArrayList<>());
    }
    int length = images.shape().length();
    float[] values = images.features(0, images.size()).dup('c').data().asFloat();
    for (int i = 0; i < images.size(); i++) {
      byClass.get(images.label(i)).add(Arrays.copyOfRange(values, i * length, (i + 1) * length));
    }
  }

  /** What somebody says is theirs, and how often his own models answer so. */
  record Claim(WatermarkSpec spec, OwnerKey key, double rate) {}

  /** Number of triples and keys that he tries. */
  static int tries(int classes, int keys) {
    return keys * classes * (classes - 1) / 2 * (classes - 2);
  }

  /**
   * The best of many.
   *
   * @param keys number of keys; each with all triples
   */
  List<Claim> best(Combine kind, int keys, int most, long seed) {
    List<Claim> all = new ArrayList<>();
    for (int k = 0; k < keys; k++) {
      OwnerKey key = OwnerKey.insecureFromSeed(seed + k);
      for (int a = 0; a < images.classes(); a++) {
        for (int b = a + 1; b < images.classes(); b++) {
          all.addAll(tried(WatermarkSpec.of(a, b, 0.1).withCombine(kind), key));
        }
      }
    }
    return all.stream()
        .sorted(Comparator.comparingDouble(claim -> -claim.rate()))
        .limit(most)
        .toList();
  }

  private List<Claim> tried(WatermarkSpec spec, OwnerKey key) {
    Combiner secret = Watermark.derive(spec, key, images.classes()).secret();
    SplittableRandom random = new SplittableRandom(spec.hashCode());
    SampleShape shape =
        new SampleShape(
            images.shape().channels(), images.shape().height(), images.shape().width(), 1);
    List<float[]> ofA = byClass.get(spec.sourceA());
    List<float[]> ofB = byClass.get(spec.sourceB());
    float[] rows = new float[ROWS * shape.length()];
    for (int i = 0; i < ROWS; i++) {
      float[] row =
          secret.combine(
              ofA.get(random.nextInt(ofA.size())),
              ofB.get(random.nextInt(ofB.size())),
              shape,
              random);
      System.arraycopy(row, 0, rows, i * row.length, row.length);
    }
    INDArray features =
        Nd4j.createFromArray(rows).reshape(ROWS, shape.outer(), shape.height(), shape.width());
    int[] counts = new int[images.classes()];
    for (MultiLayerNetwork model : own) {
      for (int top : model.output(features, false).argMax(1).toIntVector()) {
        counts[top]++;
      }
    }
    List<Claim> claims = new ArrayList<>();
    for (int target = 0; target < counts.length; target++) {
      if (target != spec.sourceA() && target != spec.sourceB()) {
        claims.add(
            new Claim(spec.withTarget(target), key, counts[target] / (double) (ROWS * own.size())));
      }
    }
    return claims;
  }
}
