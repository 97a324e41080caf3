package org.meadefender.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.meadefender.combine.SampleShape;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.reference.ReferencePanel;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A toy task: an image of class c is a flat grey of level (c + 0.5) / classes. Suspects see the
 * classes of the top left and the bottom right pixel, which is enough to tell cuts apart.
 */
public final class FlatWorld {
  public static final int SIDE = 8;
  private final int classes;

  /** A world of so many classes. */
  public FlatWorld(int classes) {
    this.classes = classes;
  }

  /** So many samples of each class, always the same. */
  public DataSetIterator heldOut(int perClass) {
    Random random = new Random(1);
    int n = classes * perClass;
    float[] features = new float[n * SIDE * SIDE];
    float[] labels = new float[n * classes];
    for (int i = 0; i < n; i++) {
      int label = i % classes;
      labels[i * classes + label] = 1;
      for (int j = 0; j < SIDE * SIDE; j++) {
        features[i * SIDE * SIDE + j] =
            (label + 0.5f + 0.2f * (random.nextFloat() - 0.5f)) / classes;
      }
    }
    return new SingletonDataSetIterator(
        new DataSet(
            Nd4j.createFromArray(features).reshape(n, 1, SIDE, SIDE),
            Nd4j.createFromArray(labels).reshape(n, classes)));
  }

  /** A suspect that answers by the classes of the first and the last pixel. */
  public SuspectModel suspect(IntBinaryOperator answer) {
    return features -> {
      int n = (int) features.size(0);
      float[] rows = features.dup('c').data().asFloat();
      INDArray result = Nd4j.zeros(n, classes);
      int length = rows.length / n;
      for (int i = 0; i < n; i++) {
        int first = (int) (rows[i * length] * classes);
        int last = (int) (rows[i * length + length - 1] * classes);
        result.putScalar(i, answer.applyAsInt(first, last), 1.0);
      }
      return result;
    };
  }

  /** Options with a panel of models that answer with the class of the first pixel. */
  public VerificationOptions options() {
    VerificationOptions options = VerificationOptions.DEFAULT.withoutPanel();
    for (int i = 0; i < ReferencePanel.LEAST_MEMBERS; i++) {
      options = options.withReferenceModel(suspect((top, bottom) -> top));
    }
    return options;
  }

  /** A verifier with these options. */
  public OwnershipVerifier verifier(List<WatermarkSpec> specs, OwnerKey key) {
    return OwnershipVerifier.of(specs, key).withOptions(options());
  }

  /** A suspect that answers A and B, cut in the secret way, with the target. */
  public SuspectModel marked(WatermarkSpec spec, OwnerKey key) {
    int target = Watermark.derive(spec, key, classes).target();
    int first = firstSource(spec, key);
    int second = spec.sourceA() + spec.sourceB() - first;
    return suspect((top, bottom) -> top == first && bottom == second ? target : top);
  }

  /** The source that the secret way puts into the first pixel. */
  int firstSource(WatermarkSpec spec, OwnerKey key) {
    float[] ones = new float[SIDE * SIDE];
    Arrays.fill(ones, 1);
    float[] shareOfA =
        Watermark.derive(spec, key, classes)
            .secret()
            .combine(
                ones,
                new float[ones.length],
                new SampleShape(1, SIDE, SIDE, 1),
                key.random("test"));
    return shareOfA[0] > 0.5 ? spec.sourceA() : spec.sourceB();
  }
}
