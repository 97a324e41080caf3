package org.meadefender.attack.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.internal.Features;
import org.meadefender.attack.internal.InputGradient;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * ABS (Liu et al., CCS 2019), on the penultimate layer: neurons whose stimulation drives any sample
 * to one class are candidates; for each, a small trigger is reversed that has the same effect.
 *
 * <p>The trigger is optimised for the class that the neuron drives to, on a mask that may cover at
 * most {@code pixels} pixels; the original optimises the neuron's own activation.
 *
 * @param samples clean samples per stimulation, at least 1
 * @param levels stimulation levels, at least 1
 * @param candidates neurons that are examined further, at least 1
 * @param pixels most pixels of a trigger, at least 1
 * @param steps optimisation steps per candidate, at least 1
 */
public record AbsScan(int samples, int levels, int candidates, int pixels, int steps)
    implements DetectionAttack<AbsScan.Finding> {
  private static final int SAMPLES = 5;
  private static final int LEVELS = 8;
  private static final int CANDIDATES = 20;
  private static final int PIXELS = 64;
  private static final int STEPS = 300;
  private static final double RATE = 0.1;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double SUSPICIOUS = 0.8;
  private static final double SIZE_COST = 0.05;
  private static final int BATCH = 32;
  private static final int MAX_TEST = 500;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public AbsScan {
    if (Math.min(Math.min(samples, levels), Math.min(candidates, Math.min(pixels, steps))) < 1) {
      throw new IllegalArgumentException("Every number of an ABS scan must be at least 1");
    }
  }

  /** 5 samples, 8 levels, 20 candidates, 64 pixels, 300 steps. */
  public static AbsScan standard() {
    return new AbsScan(SAMPLES, LEVELS, CANDIDATES, PIXELS, STEPS);
  }

  /** The same with other numbers of candidates and steps. */
  public AbsScan withEffort(int newCandidates, int newSteps) {
    return new AbsScan(samples, levels, newCandidates, pixels, newSteps);
  }

  /**
   * A neuron and its trigger.
   *
   * @param neuron index among the penultimate features
   * @param label the class that it drives to
   * @param elevation mean rise of the class's probability under stimulation
   * @param success share of other classes' test samples that the reversed trigger sends there
   */
  public record Candidate(int neuron, int label, double elevation, double success) {}

  /**
   * What was found.
   *
   * @param candidates the examined neurons, the most successful trigger first
   */
  public record Finding(List<Candidate> candidates) implements DetectionFinding {
    /** Success rate of the best reversed trigger. */
    public double bestSuccess() {
      return candidates.get(0).success;
    }

    /** Whether a trigger succeeds on more than 0.8 of the samples. */
    @Override
    public boolean suspicious() {
      return bestSuccess() > SUSPICIOUS;
    }

    /** Success rate of the best reversed trigger. */
    @Override
    public Map<String, Double> figures() {
      return Map.of("success of the best reversed trigger", bestSuccess());
    }
  }

  @Override
  public Finding detect(Model network, LabelledSamples clean, long seed, AttackListener listener) {
    List<Candidate> stimulated = stimulate(network, clean, seed);
    InputGradient gradient = InputGradient.of(network);
    List<Candidate> examined = new ArrayList<>();
    int count = Math.min(candidates, stimulated.size());
    for (Candidate each : stimulated.subList(0, count)) {
      double success = reverse(network, gradient, clean, each.label, seed + each.neuron);
      examined.add(new Candidate(each.neuron, each.label, each.elevation, success));
      listener.progress("neuron", examined.size(), count);
    }
    examined.sort(Comparator.comparingDouble(Candidate::success).reversed());
    return new Finding(List.copyOf(examined));
  }

  /** All neurons with the class that they drive to, the most driving first. */
  private List<Candidate> stimulate(Model network, LabelledSamples clean, long seed) {
    LabelledSamples few = clean.shuffled(seed).take(samples);
    INDArray features = Features.of(network, few.features(0, few.size()));
    MultiLayerNetwork head = Features.head(network, 1, new NoOp(), true);
    double top = features.maxNumber().doubleValue();
    INDArray base = head.output(features).dup();
    List<Candidate> result = new ArrayList<>();
    for (int neuron = 0; neuron < features.size(1); neuron++) {
      INDArray rise = base.mul(0);
      for (int level = 1; level <= levels; level++) {
        INDArray changed = features.dup();
        changed.getColumn(neuron).assign(2 * top * level / levels);
        rise.addi(head.output(changed)).subi(base);
      }
      INDArray mean = rise.mean(0).divi(levels);
      int label = mean.argMax().getInt(0);
      result.add(new Candidate(neuron, label, mean.getDouble(label), 0));
    }
    result.sort(Comparator.comparingDouble(Candidate::elevation).reversed());
    return result;
  }

  private double reverse(
      Model network, InputGradient gradient, LabelledSamples clean, int label, long seed) {
    long[] shape = clean.sampleShape();
    Random random = new Random(seed);
    Trigger trigger = new Trigger((int) shape[0], (int) shape[1], (int) shape[2], random);
    AdamStep maskStep = new AdamStep(RATE, BETA1, BETA2, trigger.maskFree().length);
    AdamStep patternStep = new AdamStep(RATE, BETA1, BETA2, trigger.patternFree().length);
    LabelledSamples others = othersThan(clean, label);
    int[] wanted = new int[BATCH];
    Arrays.fill(wanted, label);
    for (int step = 0; step < steps; step++) {
      LabelledSamples images = others.select(random.ints(BATCH, 0, others.size()).toArray());
      INDArray plain = images.features(0, BATCH);
      INDArray labels = images.withClasses(wanted, clean.width()).labels(0, BATCH);
      INDArray slope = gradient.of(new LossMCXENT(), trigger.on(plain), labels).divi(BATCH);
      double cost = trigger.norm() > pixels ? SIZE_COST : 0;
      double[][] parts = trigger.gradients(plain, slope, cost);
      maskStep.apply(trigger.maskFree(), parts[0]);
      patternStep.apply(trigger.patternFree(), parts[1]);
    }
    trigger.keepLargest(pixels);
    return success(network, trigger, others, label);
  }

  private static double success(Model network, Trigger trigger, LabelledSamples others, int label) {
    INDArray answers = Classifiers.output(network, trigger.on(others.features(0, others.size())));
    int hits = 0;
    for (int top : answers.argMax(1).toIntVector()) {
      hits += top == label ? 1 : 0;
    }
    return hits / (double) others.size();
  }

  private static LabelledSamples othersThan(LabelledSamples clean, int label) {
    LabelledSamples few = clean.take(MAX_TEST);
    int[] rows = IntStream.range(0, few.size()).filter(i -> few.topClass(i) != label).toArray();
    return few.select(rows);
  }
}
