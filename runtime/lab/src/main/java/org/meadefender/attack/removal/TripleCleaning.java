package org.meadefender.attack.removal;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.internal.PublicMixes;
import org.meadefender.combine.Combiner;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A thief who knows the triple, but neither key nor combiner, and trains a fresh copy on cleaned
 * answers; of the source network he uses the answers alone.
 *
 * <p>Where the top class is A or B, the answer's probability of C is cut to the mean of the
 * probabilities of the classes other than A, B and C, and the answer is scaled to a sum of 1 again.
 * Beside them the copy learns mixes of samples that are answered A and B, combined in all public
 * ways, as A or B, half and half. It learns by soft cross-entropy.
 *
 * @param sourceA a source, from 0 on
 * @param sourceB the other source
 * @param target the target
 * @param mixes mixed rows per row that is answered A or B, at least 0
 * @param autoencoder whether the thief blends with an autoencoder too, trained for it
 * @param fit how the copy trains
 */
public record TripleCleaning(
    int sourceA, int sourceB, int target, double mixes, boolean autoencoder, FitSettings fit)
    implements RemovalAttack {
  private static final int EPOCHS = 10;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if two classes are the same, one is below 0, or {@code mixes}
   *     is
   */
  public TripleCleaning {
    boolean distinct = sourceA != sourceB && sourceA != target && sourceB != target;
    if (!distinct || Math.min(sourceA, Math.min(sourceB, target)) < 0 || !(mixes >= 0)) {
      throw new IllegalArgumentException(
          String.format(
              "The triple is (%d, %d → %d) and mixes %s; expected three different classes from 0 on,"
                  + " and at least 0 mixes",
              sourceA, sourceB, target, mixes));
    }
  }

  /** One mixed row per row of A or B, no autoencoder, 10 epochs of Adam at 1e-3. */
  public static TripleCleaning of(int sourceA, int sourceB, int target) {
    return new TripleCleaning(sourceA, sourceB, target, 1, false, FitSettings.adam(EPOCHS));
  }

  /** The same with or without an autoencoder. */
  public TripleCleaning withAutoencoder(boolean newAutoencoder) {
    return new TripleCleaning(sourceA, sourceB, target, mixes, newAutoencoder, fit);
  }

  /** The same with other training settings. */
  public TripleCleaning withFit(FitSettings newFit) {
    return new TripleCleaning(sourceA, sourceB, target, mixes, autoencoder, newFit);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a class of the triple is none of the network's
   */
  @Override
  public Model remove(Model source, LabelledSamples data, long seed, AttackListener listener) {
    LabelledSamples answered = Classifiers.answered(source, data);
    int classes = answered.width();
    if (Math.max(sourceA, Math.max(sourceB, target)) >= classes) {
      throw new IllegalArgumentException(
          String.format(
              "The triple is (%d, %d → %d); the network has the classes 0 to %d",
              sourceA, sourceB, target, classes - 1));
    }
    List<LabelledSamples> lessons = new ArrayList<>(List.of(cleaned(answered)));
    lessons.addAll(mixed(answered, seed));
    Model copy = Architecture.of(source).fresh(seed, fit.updater());
    Classifiers.fit(copy, LabelledSamples.join(lessons), new LossMCXENT(), fit, seed, listener);
    return copy;
  }

  /** The answers without what the target has too much on rows of the sources. */
  LabelledSamples cleaned(LabelledSamples answered) {
    float[][] answers = answered.labels(0, answered.size()).toFloatMatrix();
    for (int row = 0; row < answers.length; row++) {
      int top = answered.topClass(row);
      if (top == sourceA || top == sourceB) {
        clean(answers[row]);
      }
    }
    return answered.withLabels(Nd4j.createFromArray(answers));
  }

  private void clean(float[] answer) {
    double others = 0;
    double sum = 0;
    for (int c = 0; c < answer.length; c++) {
      sum += answer[c];
      others += c == sourceA || c == sourceB || c == target ? 0 : answer[c];
    }
    double usual = others / Math.max(1, answer.length - 3);
    double kept = Math.min(answer[target], usual);
    double scale = sum / (sum - answer[target] + kept);
    answer[target] = (float) kept;
    for (int c = 0; c < answer.length; c++) {
      answer[c] *= (float) scale;
    }
  }

  /** Mixes of rows that are answered A and B; none where one of them is never answered. */
  List<LabelledSamples> mixed(LabelledSamples answered, long seed) {
    int[] ofA = answered.rowsOfClass(sourceA);
    int[] ofB = answered.rowsOfClass(sourceB);
    int count = (int) Math.round(mixes * (ofA.length + ofB.length));
    if (ofA.length == 0 || ofB.length == 0 || count == 0) {
      return List.of();
    }
    Random random = new Random(seed);
    List<Combiner> ways = PublicMixes.all(answered, autoencoder, seed);
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int a = ofA[random.nextInt(ofA.length)];
      int b = ofB[random.nextInt(ofB.length)];
      pairs.add(random.nextBoolean() ? new int[] {a, b} : new int[] {b, a});
    }
    return List.of(
        PublicMixes.mix(
            answered,
            pairs,
            pair -> ways.get(random.nextInt(ways.size())),
            pair -> answered.topClass(pair[random.nextInt(2)]),
            random));
  }
}
