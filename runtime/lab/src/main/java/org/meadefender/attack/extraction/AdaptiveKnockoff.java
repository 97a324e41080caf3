package org.meadefender.attack.extraction;

import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Knockoff nets, adaptive strategy: a gradient bandit learns from which classes of the transfer set
 * to ask (Orekondy et al., CVPR 2019; as in the Adversarial Robustness Toolbox).
 *
 * <p>The actions are the classes that the transfer set's own labels name. Each round draws a few
 * samples, trains an explorer on the answers and rewards their classes; rewards are the mean of
 * normalised certainty margin, diversity and loss. At the end a fresh student learns all answers.
 *
 * @param draws samples per round, at least 1 (ART: 1, which is slow)
 * @param fit how the final student trains; the explorer uses the same optimiser
 */
public record AdaptiveKnockoff(int draws, FitSettings fit) implements ExtractionAttack {
  private static final int DRAWS = 32;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code draws} is below 1
   */
  public AdaptiveKnockoff {
    if (draws < 1) {
      throw new IllegalArgumentException("draws is " + draws + "; it must be at least 1");
    }
  }

  /** 32 samples a round, and the optimiser of {@link Knockoff#of}. */
  public static AdaptiveKnockoff of(int epochs) {
    return new AdaptiveKnockoff(DRAWS, Knockoff.sgd(epochs));
  }

  /** The same with other training settings. */
  public AdaptiveKnockoff withFit(FitSettings newFit) {
    return new AdaptiveKnockoff(draws, newFit);
  }

  @Override
  public Model steal(
      BlackBox victim,
      LabelledSamples transfer,
      Architecture student,
      long seed,
      AttackListener listener) {
    int budget = (int) Math.max(1, Math.min(victim.remaining(), transfer.size()));
    LabelledSamples drawn = transfer.shuffled(seed);
    Draw draw = new Draw(drawn, seed);
    Model explorer = student.fresh(seed, fit.updater());
    FitSettings once = fit.withEpochs(1).withBatch(draws);
    int[] asked = new int[budget];
    float[][] answers = new float[budget][];
    for (int done = 0; done < budget; ) {
      int[] rows = draw.next(Math.min(draws, budget - done));
      LabelledSamples answered = victim.query(drawn.select(rows));
      INDArray told = answered.labels(0, rows.length);
      Classifiers.fit(
          explorer, answered, new LossDistillation(1, 1), once, seed, AttackListener.NONE);
      float[][] opinions =
          Classifiers.output(explorer, answered.features(0, rows.length)).toFloatMatrix();
      float[][] truths = told.toFloatMatrix();
      draw.reward(rows, truths, opinions);
      System.arraycopy(rows, 0, asked, done, rows.length);
      System.arraycopy(truths, 0, answers, done, rows.length);
      done += rows.length;
      listener.progress("query", done, budget);
    }
    LabelledSamples lesson = drawn.select(asked).withLabels(Nd4j.createFromArray(answers));
    Model copy = student.fresh(seed, fit.updater());
    Classifiers.fit(copy, lesson, new LossDistillation(1, 1), fit, seed, listener);
    return copy;
  }

  /** The state of the drawing: which rows of each class are left, and what the bandit thinks. */
  private static final class Draw {
    private final LabelledSamples data;
    private final int[][] rowsOfClass;
    private final int[] used;
    private final Bandit bandit;
    private final KnockoffReward reward;
    private final Random random;

    Draw(LabelledSamples data, long seed) {
      this.data = data;
      int classes = data.width();
      rowsOfClass = IntStream.range(0, classes).mapToObj(data::rowsOfClass).toArray(int[][]::new);
      used = new int[classes];
      bandit = new Bandit(classes);
      reward = new KnockoffReward();
      random = new Random(seed);
    }

    int[] next(int count) {
      return IntStream.generate(this::next).limit(count).toArray();
    }

    private int next() {
      boolean[] open = new boolean[used.length];
      for (int c = 0; c < open.length; c++) {
        open[c] = used[c] < rowsOfClass[c].length;
      }
      int action = bandit.draw(open, random);
      return rowsOfClass[action][used[action]++];
    }

    /** The classes of the victim's answers may be others than those of the transfer set. */
    void reward(int[] rows, float[][] truths, float[][] opinions) {
      for (int i = 0; i < rows.length; i++) {
        bandit.reward(data.topClass(rows[i]), reward.of(truths[i], opinions[i]));
      }
    }
  }
}
