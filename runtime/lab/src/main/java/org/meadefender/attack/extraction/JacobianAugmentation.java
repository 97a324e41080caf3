package org.meadefender.attack.extraction;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.internal.InputGradient;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Jacobian-based data set augmentation (Papernot et al., "Practical Black-Box Attacks against
 * Machine Learning", ASIA CCS 2017; defaults of cleverhans' MNIST tutorial).
 *
 * <p>From a few samples, the thief makes more: each is moved along the sign of the substitute's own
 * gradient of the logit of the class that the victim named, and the victim is asked about the moved
 * sample. The set doubles every round until the rounds or the budget are over. Moved samples are
 * kept inside the range of the values that the thief's samples have.
 *
 * @param seedSize samples to start with, at least 1
 * @param rounds trainings, at least 1; the set doubles between them
 * @param lambda length of a move, above 0
 * @param flipEvery after so many rounds the moves change their direction, at least 1
 * @param reservoir most samples to move per round, drawn at random; at least 1
 * @param softLabels whether the substitute learns all that the victim tells, or its top class only
 * @param fit how the substitute trains in each round
 */
public record JacobianAugmentation(
    int seedSize,
    int rounds,
    double lambda,
    int flipEvery,
    int reservoir,
    boolean softLabels,
    FitSettings fit)
    implements ExtractionAttack {
  private static final int SEED_SIZE = 150;
  private static final int ROUNDS = 6;
  private static final double LAMBDA = 0.1;
  private static final int FLIP_EVERY = 3;
  private static final int EPOCHS = 10;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is outside its range
   */
  public JacobianAugmentation {
    requirePositive("seedSize", seedSize);
    requirePositive("rounds", rounds);
    requirePositive("flipEvery", flipEvery);
    requirePositive("reservoir", reservoir);
    if (!(lambda > 0)) {
      throw new IllegalArgumentException(
          "lambda is " + lambda + "; it must be above 0, for instance " + LAMBDA);
    }
  }

  /** 150 samples, 6 rounds of 10 epochs, moves of 0.1, no limit per round, soft labels. */
  public static JacobianAugmentation standard() {
    return new JacobianAugmentation(
        SEED_SIZE, ROUNDS, LAMBDA, FLIP_EVERY, Integer.MAX_VALUE, true, FitSettings.adam(EPOCHS));
  }

  /** The same with another number of samples to start with. */
  public JacobianAugmentation withSeedSize(int newSeedSize) {
    return new JacobianAugmentation(
        newSeedSize, rounds, lambda, flipEvery, reservoir, softLabels, fit);
  }

  /** The same with another number of rounds. */
  public JacobianAugmentation withRounds(int newRounds) {
    return new JacobianAugmentation(
        seedSize, newRounds, lambda, flipEvery, reservoir, softLabels, fit);
  }

  /** The same with at most so many new samples per round; the large variant has 400. */
  public JacobianAugmentation withReservoir(int newReservoir) {
    return new JacobianAugmentation(
        seedSize, rounds, lambda, flipEvery, newReservoir, softLabels, fit);
  }

  /** The same, learning top classes only. */
  public JacobianAugmentation withHardLabels() {
    return new JacobianAugmentation(seedSize, rounds, lambda, flipEvery, reservoir, false, fit);
  }

  /** The same with other training settings per round. */
  public JacobianAugmentation withFit(FitSettings newFit) {
    return new JacobianAugmentation(
        seedSize, rounds, lambda, flipEvery, reservoir, softLabels, newFit);
  }

  @Override
  public Model steal(
      BlackBox victim,
      LabelledSamples transfer,
      Architecture student,
      long seed,
      AttackListener listener) {
    LabelledSamples lesson = victim.query(transfer.shuffled(seed).take(seedSize));
    Model substitute = student.fresh(seed, fit.updater());
    InputGradient jacobian = InputGradient.of(substitute);
    for (int round = 0; round < rounds; round++) {
      LabelledSamples labelled = softLabels ? lesson : lesson.argmaxed();
      Classifiers.fit(
          substitute, labelled, new LossDistillation(1, 1), fit, seed + round, AttackListener.NONE);
      listener.progress("round", round + 1, rounds);
      if (round + 1 < rounds && victim.remaining() > 0) {
        jacobian.update(substitute);
        LabelledSamples moved = victim.query(augment(jacobian, lesson, round, seed + round));
        lesson = LabelledSamples.join(List.of(lesson, moved));
      }
    }
    return substitute;
  }

  /** Moves samples of the set, {@code x' = x ± λ·sign(∂F_y/∂x)}. */
  LabelledSamples augment(InputGradient jacobian, LabelledSamples lesson, int round, long seed) {
    LabelledSamples base =
        reservoir < lesson.size() ? lesson.shuffled(seed).take(reservoir) : lesson;
    double step = (round / flipEvery) % 2 == 0 ? lambda : -lambda;
    LabelledSamples named = base.argmaxed();
    INDArray all = base.features(0, base.size());
    double low = all.minNumber().doubleValue();
    double high = all.maxNumber().doubleValue();
    INDArray moves =
        Transforms.sign(jacobian.ofLogit(all, named.labels(0, named.size())), false).muli(step);
    INDArray moved = all.addi(moves);
    return LabelledSamples.of(
        Transforms.max(Transforms.min(moved, high, false), low, false),
        base.labels(0, base.size()));
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
    }
  }
}
