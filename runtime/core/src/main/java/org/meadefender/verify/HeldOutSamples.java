package org.meadefender.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.meadefender.combine.SampleShape;
import org.meadefender.internal.Reservoir;
import org.meadefender.internal.batch.SampleValues;
import org.meadefender.internal.reference.TaskSamples;
import org.meadefender.verify.HeldOutReader.Layout;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A bounded selection of held-out samples, by class, out of one pass over the data: those that
 * models are asked about, and others that reference networks are trained on.
 *
 * <p>Which part a sample belongs to depends on its values only. Every sample of a class has the
 * same chance to be kept, and the same key and data keep the same samples.
 */
final class HeldOutSamples {
  /** Samples kept of a class that is no source: enough for decoys. */
  static final int PER_OTHER_CLASS = 128;

  /** Samples of all classes that reference networks are trained on. */
  private static final int FOR_PANEL = 3000;

  private static final int LEAST_PER_CLASS_FOR_PANEL = 30;

  /** Most memory that the samples of one class may take; larger samples are kept in fewer. */
  private static final long BYTES_PER_CLASS = 256L << 20;

  /** With very many classes, decoys use this many of those that are no source. */
  private static final int OTHER_CLASSES = 24;

  private final Layout layout;
  private final List<Reservoir<float[]>> questions;
  private final List<Reservoir<float[]>> panel;
  private final PoolDigest pool;

  private HeldOutSamples(
      Layout layout,
      List<Reservoir<float[]>> questions,
      List<Reservoir<float[]>> panel,
      PoolDigest pool) {
    this.layout = layout;
    this.questions = questions;
    this.panel = panel;
    this.pool = pool;
  }

  /**
   * Which classes a verdict needs.
   *
   * @param sources classes of which many samples are kept
   * @param targets classes of which some are kept in any case
   */
  record Needed(Set<Integer> sources, Set<Integer> targets) {}

  /**
   * Reads the data to its end.
   *
   * @param needed the classes that matter, for a number of classes
   * @param perSource samples kept of each source
   * @param withPanel whether to set samples aside for reference networks
   * @param random chooses the samples that are asked about
   * @throws IllegalArgumentException if there are no data, or labels that are not {@code [n,
   *     classes]}
   */
  static HeldOutSamples collect(
      DataSetIterator data,
      IntFunction<Needed> needed,
      int perSource,
      boolean withPanel,
      RandomGenerator random) {
    List<HeldOutSamples> result = new ArrayList<>();
    HeldOutReader.read(
        data,
        layout -> {
          HeldOutSamples samples = empty(layout, needed.apply(layout.classes()), perSource, random);
          result.add(samples);
          return (sample, label) -> samples.offer(sample, label, withPanel);
        });
    return result.get(0);
  }

  private static HeldOutSamples empty(
      Layout layout, Needed needs, int perSource, RandomGenerator random) {
    int classes = layout.classes();
    boolean[] wanted = wantedClasses(classes, needs, random);
    int length = SampleShape.of(layout.batchShape()).length();
    int mostBySize = (int) Math.max(2, BYTES_PER_CLASS / Float.BYTES / length);
    int forPanel = Math.max(LEAST_PER_CLASS_FOR_PANEL, FOR_PANEL / classes);
    List<Reservoir<float[]>> questions = new ArrayList<>();
    List<Reservoir<float[]>> panel = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      int most = needs.sources().contains(label) ? perSource : PER_OTHER_CLASS;
      questions.add(Reservoir.byInts(wanted[label] ? Math.min(mostBySize, most) : 0, random));
      // Not the key's numbers: nobody chooses the panel by choosing a key.
      panel.add(Reservoir.byInts(Math.min(mostBySize, forPanel), new SplittableRandom(label)));
    }
    return new HeldOutSamples(layout, questions, panel, new PoolDigest());
  }

  private void offer(float[] sample, int label, boolean withPanel) {
    PoolDigest.Part part = pool.add(sample, label);
    (withPanel && part == PoolDigest.Part.PANEL ? panel : questions).get(label).offer(() -> sample);
  }

  private static boolean[] wantedClasses(int classes, Needed needs, RandomGenerator random) {
    boolean[] wanted = new boolean[classes];
    List<Integer> others = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      if (needs.sources().contains(label) || needs.targets().contains(label)) {
        wanted[label] = true;
      } else {
        others.add(label);
      }
    }
    Shuffle.shuffle(others, random);
    others.stream().limit(OTHER_CLASSES).forEach(c -> wanted[c] = true);
    return wanted;
  }

  SampleShape shape() {
    return SampleShape.of(layout.batchShape());
  }

  /** Number of classes that the labels tell apart. */
  int classes() {
    return layout.classes();
  }

  List<float[]> ofClass(int label) {
    return questions.get(label).kept();
  }

  /** Classes of which there are samples. */
  int[] presentClasses() {
    return IntStream.range(0, classes()).filter(c -> !ofClass(c).isEmpty()).toArray();
  }

  /**
   * The shape of a batch.
   *
   * @param rows number of samples
   * @param length values of each, fewer or more only of sequences of another length
   */
  long[] batchShape(int rows, int length) {
    long[] result = layout.batchShape().clone();
    result[0] = rows;
    if (length != shape().length()) {
      result[result.length - 1] = length / shape().outer();
    }
    return result;
  }

  /**
   * What reference networks are trained on; none of it is asked about. Sequences are all as long as
   * the first batch.
   */
  TaskSamples forPanel() {
    List<float[]> samples = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int label = 0; label < classes(); label++) {
      for (float[] sample : panel.get(label).kept()) {
        samples.add(
            sample.length == shape().length()
                ? sample
                : SampleValues.of(sample, shape()).inSteps(shape().width()));
      }
      labels.addAll(java.util.Collections.nCopies(panel.get(label).kept().size(), label));
    }
    return new TaskSamples(layout.batchShape(), classes(), samples, labels);
  }

  /** Digest of the whole pool; see {@link OwnershipVerifier#heldOutDigest}. */
  String digest() {
    return pool.value();
  }

  /** Number of samples in the pool. */
  int poolSize() {
    return pool.size();
  }
}
