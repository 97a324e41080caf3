package org.meadefender.attack.removal;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.internal.Features;
import org.meadefender.attack.internal.InputGradient;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * WRK, the removal attack of the class-feature watermark paper (arXiv 2511.07947): a new last layer
 * is kept away from the old one's directions while the network learns a few clean samples, and a
 * few samples that were moved towards random classes under random wrong labels.
 *
 * @param share of the attacker's data that is used, above 0 and at most 1
 * @param moved number of moved samples, at least 1
 * @param step length w of {@code x' = x + w·sign(∇logit_t)}, above 0
 * @param alpha weight of {@code ⟨W, W_old⟩}, at least 0
 * @param fit how all layers train
 */
public record Wrk(double share, int moved, double step, double alpha, FitSettings fit)
    implements RemovalAttack {
  private static final double SHARE = 0.05;
  private static final int MOVED = 100;
  private static final double STEP = 0.1;
  private static final double ALPHA = 0.05;
  private static final double RATE = 1e-3;
  private static final double MOMENTUM = 0.9;
  private static final int EPOCHS = 10;
  private static final int BATCH = 32;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is outside its range
   */
  public Wrk {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "share is " + share + "; it must be above 0 and at most 1");
    }
    if (moved < 1) {
      throw new IllegalArgumentException("moved is " + moved + "; it must be at least 1");
    }
    if (!(step > 0) || !(alpha >= 0)) {
      throw new IllegalArgumentException(
          "step is " + step + " and alpha " + alpha + "; they must be above 0 and at least 0");
    }
  }

  /** 5 % of the data, 100 moved samples, α = 0.05, 10 epochs of SGD from 1e-3 along a cosine. */
  public static Wrk standard() {
    Nesterovs sgd = new Nesterovs(new CosineSchedule(RATE, EPOCHS), MOMENTUM);
    return new Wrk(SHARE, MOVED, STEP, ALPHA, new FitSettings(EPOCHS, BATCH, sgd));
  }

  /** The same with another share of the data. */
  public Wrk withShare(double newShare) {
    return new Wrk(newShare, moved, step, alpha, fit);
  }

  /** The same with another weight of the push. */
  public Wrk withAlpha(double newAlpha) {
    return new Wrk(share, moved, step, newAlpha, fit);
  }

  /** The same with other training settings. */
  public Wrk withFit(FitSettings newFit) {
    return new Wrk(share, moved, step, alpha, newFit);
  }

  @Override
  public Model remove(Model source, LabelledSamples data, long seed, AttackListener listener) {
    LabelledSamples clean =
        data.shuffled(seed).take((int) Math.max(1, Math.round(share * data.size())));
    LabelledSamples lesson =
        LabelledSamples.join(List.of(clean, movedSamples(source, clean, seed)));
    Model copy = Architecture.copy(source, seed, fit.updater());
    Features.putHead(copy, Features.head(source, seed, fit.updater(), false));
    copy.setListeners(new WeightPush(alpha, WeightPush.of(source)));
    Classifiers.fit(copy, lesson, new LossMCXENT(), fit, seed, listener);
    // The schedule is a class of this library, which nobody else's Deeplearning4j could load.
    return Architecture.copy(copy, seed, new Nesterovs(RATE, MOMENTUM));
  }

  private LabelledSamples movedSamples(Model source, LabelledSamples clean, long seed) {
    LabelledSamples base = clean.take(moved);
    int n = base.size();
    int classes = base.width();
    Random random = new Random(seed);
    int[] towards = random.ints(n, 0, classes).toArray();
    int[] wrong = new int[n];
    for (int i = 0; i < n; i++) {
      wrong[i] = (base.topClass(i) + random.nextInt(1, classes)) % classes;
    }
    INDArray samples = base.features(0, n);
    INDArray chosen = base.withClasses(towards, classes).labels(0, n);
    INDArray move = Transforms.sign(InputGradient.of(source).ofLogit(samples, chosen), false);
    return LabelledSamples.of(samples.addi(move.muli(step)), base.labels(0, n))
        .withClasses(wrong, classes);
  }
}
