package org.meadefender.attack.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.internal.InputGradient;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Neural Cleanse (Wang et al., S&amp;P 2019): looks for the smallest patch that sends all images to
 * a class, for each class, and calls a class with an unusually small one backdoored.
 *
 * <p>Minimises {@code CE + c·‖mask‖₁} by Adam at 0.1 (0.5, 0.9). {@code c} grows by a factor of 2
 * after {@code patience} steps in a row above the wanted success rate, and falls by 2^1.5 after as
 * many below.
 *
 * @param steps most steps per class, at least 1
 * @param batch images per step, at least 1
 */
public record NeuralCleanse(int steps, int batch)
    implements DetectionAttack<NeuralCleanse.Finding> {
  private static final double RATE = 0.1;
  private static final double BETA1 = 0.5;
  private static final double BETA2 = 0.9;
  private static final double FIRST_COST = 1e-3;
  private static final double COST_UP = 2;
  private static final double COST_DOWN = Math.pow(COST_UP, 1.5);
  private static final double SUCCESS = 0.99;
  private static final int PATIENCE = 5;
  private static final double SUSPICIOUS = 2;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public NeuralCleanse {
    if (steps < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "steps is " + steps + " and batch " + batch + "; both must be at least 1");
    }
  }

  /**
   * The patch of one class.
   *
   * @param label the class
   * @param norm L1 norm of the mask
   * @param index anomaly index of the norm among all classes
   * @param flagged whether the index is above 2 and the norm at or below the median
   * @param success share of the images that the patch sends to the class
   * @param image the masked pattern, {@code [C, H, W]}, row by row
   */
  public record Patch(
      int label, double norm, double index, boolean flagged, double success, List<Float> image) {}

  /**
   * What was found.
   *
   * @param patches one per class
   */
  public record Finding(List<Patch> patches) implements DetectionFinding {
    /** Whether a class looks backdoored. */
    @Override
    public boolean suspicious() {
      return !flagged().isEmpty();
    }

    /** Highest anomaly index, and number of classes that look backdoored. */
    @Override
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("highest anomaly index", highestIndex());
      figures.put("classes flagged", (double) flagged().size());
      return figures;
    }

    /** The classes that look backdoored. */
    public List<Integer> flagged() {
      return patches.stream().filter(Patch::flagged).map(Patch::label).toList();
    }

    /** Largest anomaly index of a norm at or below the median; 0 if there is none. */
    public double highestIndex() {
      double[] norms = patches.stream().mapToDouble(Patch::norm).toArray();
      double median = new MedianDeviation(norms).median();
      return patches.stream()
          .filter(patch -> patch.norm <= median)
          .mapToDouble(Patch::index)
          .max()
          .orElse(0);
    }
  }

  @Override
  public Finding detect(Model network, LabelledSamples clean, long seed, AttackListener listener) {
    if (clean.sampleShape().length != 3) {
      throw new IllegalArgumentException(
          "Neural Cleanse looks for patches on images [n, C, H, W]; these are " + clean);
    }
    InputGradient gradient = InputGradient.of(network);
    int classes = clean.width();
    List<Reversed> found = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      found.add(reverse(network, gradient, clean, label, seed));
      listener.progress("class", label + 1, classes);
    }
    double[] norms = found.stream().mapToDouble(Reversed::norm).toArray();
    MedianDeviation deviation = new MedianDeviation(norms);
    List<Patch> patches = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      Reversed each = found.get(label);
      double index = deviation.index(each.norm);
      boolean flagged = index > SUSPICIOUS && each.norm <= deviation.median();
      patches.add(new Patch(label, each.norm, index, flagged, each.success, each.image));
    }
    return new Finding(List.copyOf(patches));
  }

  private record Reversed(double norm, double success, List<Float> image) {}

  /** The smallest patch among those that reached the wanted success, or the last one. */
  private Reversed reverse(
      Model network, InputGradient gradient, LabelledSamples clean, int label, long seed) {
    long[] shape = clean.sampleShape();
    Random random = new Random(seed + label);
    Trigger trigger = new Trigger((int) shape[0], (int) shape[1], (int) shape[2], random);
    AdamStep maskStep = new AdamStep(RATE, BETA1, BETA2, trigger.maskFree().length);
    AdamStep patternStep = new AdamStep(RATE, BETA1, BETA2, trigger.patternFree().length);
    CostControl cost = new CostControl();
    Reversed best = null;
    double success = 0;
    for (int step = 0; step < steps; step++) {
      LabelledSamples images = clean.select(random.ints(batch, 0, clean.size()).toArray());
      INDArray plain = images.features(0, batch);
      INDArray wanted = images.withClasses(filled(batch, label), clean.width()).labels(0, batch);
      INDArray triggered = trigger.on(plain);
      success = share(Classifiers.output(network, triggered), label);
      if (success >= SUCCESS && (best == null || trigger.norm() < best.norm)) {
        best = new Reversed(trigger.norm(), success, masked(trigger));
      }
      INDArray slope = gradient.of(new LossMCXENT(), triggered, wanted).divi(batch);
      double[][] parts = trigger.gradients(plain, slope, cost.update(success));
      maskStep.apply(trigger.maskFree(), parts[0]);
      patternStep.apply(trigger.patternFree(), parts[1]);
    }
    return best == null ? new Reversed(trigger.norm(), success, masked(trigger)) : best;
  }

  private static int[] filled(int length, int value) {
    int[] result = new int[length];
    Arrays.fill(result, value);
    return result;
  }

  private static double share(INDArray answers, int label) {
    int hits = 0;
    for (int top : answers.argMax(1).toIntVector()) {
      hits += top == label ? 1 : 0;
    }
    return hits / (double) answers.size(0);
  }

  private static List<Float> masked(Trigger trigger) {
    double[] mask = trigger.mask();
    double[] pattern = trigger.pattern();
    List<Float> image = new ArrayList<>(pattern.length);
    for (int i = 0; i < pattern.length; i++) {
      image.add((float) (pattern[i] * mask[i % mask.length]));
    }
    return List.copyOf(image);
  }

  /** The weight of the mask's size, which follows the success. */
  private static final class CostControl {
    private double cost = FIRST_COST;
    private int above;
    private int below;

    double update(double success) {
      above = success >= SUCCESS ? above + 1 : 0;
      below = success >= SUCCESS ? 0 : below + 1;
      if (above >= PATIENCE) {
        above = 0;
        cost *= COST_UP;
      } else if (below >= PATIENCE) {
        below = 0;
        cost /= COST_DOWN;
      }
      return cost;
    }
  }
}
