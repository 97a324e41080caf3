package org.meadefender.verify;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.meadefender.combine.SampleShape;
import org.meadefender.release.Digests;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A bounded selection of held-out samples, by class, out of one pass over the data.
 *
 * <p>Every sample of a class has the same chance to be kept, and the same key and data keep the
 * same samples.
 */
final class HeldOutSamples {
  /** Samples kept of a class that is no source: enough for decoys. */
  static final int PER_OTHER_CLASS = 128;

  /** Most memory that the samples of one class may take; larger samples are kept in fewer. */
  private static final long BYTES_PER_CLASS = 256L << 20;

  /** With very many classes, decoys use this many of those that are no source. */
  private static final int OTHER_CLASSES = 24;

  private final SampleShape shape;
  private final long[] rowShape;
  private final List<List<float[]>> byClass;

  private HeldOutSamples(SampleShape shape, long[] rowShape, List<List<float[]>> byClass) {
    this.shape = shape;
    this.rowShape = rowShape;
    this.byClass = byClass;
  }

  /**
   * Reads the data to its end.
   *
   * @param sources classes of which {@code perSource} samples are kept
   * @throws IllegalArgumentException if there are no data, or labels that are not {@code [n,
   *     classes]}
   */
  static HeldOutSamples collect(
      DataSetIterator data, Set<Integer> sources, int perSource, RandomGenerator random) {
    if (data.resetSupported()) {
      data.reset();
    }
    if (!data.hasNext()) {
      throw new IllegalArgumentException(
          "The held-out data are empty; samples of both source classes are needed");
    }
    DataSet batch = data.next();
    SampleShape shape = SampleShape.of(batch.getFeatures().shape());
    int classes = requireLabels(batch);
    boolean[] wanted = wantedClasses(classes, sources, random);
    int mostBySize = (int) Math.max(2, BYTES_PER_CLASS / Float.BYTES / shape.length());
    List<List<float[]>> byClass = new ArrayList<>();
    IntStream.range(0, classes).forEach(c -> byClass.add(new ArrayList<>()));
    int[] seen = new int[classes];
    while (true) {
      int[] labels = batch.getLabels().argMax(1).toIntVector();
      BatchValues rows = new BatchValues(batch.getFeatures(), shape.length());
      for (int row = 0; row < labels.length; row++) {
        int label = labels[row];
        int most = Math.min(mostBySize, sources.contains(label) ? perSource : PER_OTHER_CLASS);
        // Reservoir sampling.
        int place = seen[label] < most ? seen[label] : random.nextInt(seen[label] + 1);
        seen[label]++;
        if (wanted[label] && place < most) {
          float[] values = rows.row(row);
          List<float[]> kept = byClass.get(label);
          if (place < kept.size()) {
            kept.set(place, values);
          } else {
            kept.add(values);
          }
        }
      }
      if (!data.hasNext()) {
        return new HeldOutSamples(shape, batch.getFeatures().shape().clone(), byClass);
      }
      batch = data.next();
    }
  }

  /** The values of a batch, converted when the first of its rows is kept. */
  private static final class BatchValues {
    private final INDArray features;
    private final int length;
    private float[] values = {};

    BatchValues(INDArray features, int length) {
      this.features = features;
      this.length = length;
    }

    float[] row(int row) {
      if (values.length == 0) {
        values = features.castTo(DataType.FLOAT).dup('c').data().asFloat();
      }
      return Arrays.copyOfRange(values, row * length, (row + 1) * length);
    }
  }

  private static boolean[] wantedClasses(
      int classes, Set<Integer> sources, RandomGenerator random) {
    boolean[] wanted = new boolean[classes];
    for (int source : sources) {
      if (source < classes) {
        wanted[source] = true;
      }
    }
    List<Integer> others = new ArrayList<>();
    IntStream.range(0, classes).filter(c -> !sources.contains(c)).forEach(others::add);
    Shuffle.shuffle(others, random);
    others.stream().limit(OTHER_CLASSES).forEach(c -> wanted[c] = true);
    return wanted;
  }

  private static int requireLabels(DataSet batch) {
    INDArray labels = batch.getLabels();
    if (labels == null || labels.rank() != 2) {
      throw new IllegalArgumentException(
          "Held-out labels of shape "
              + (labels == null ? "null" : Arrays.toString(labels.shape()))
              + " are not supported; expected one-hot rows [n, classes]");
    }
    return (int) labels.size(1);
  }

  SampleShape shape() {
    return shape;
  }

  /** Number of classes that the labels tell apart. */
  int classes() {
    return byClass.size();
  }

  List<float[]> ofClass(int label) {
    return byClass.get(label);
  }

  /** Classes of which there are samples. */
  int[] presentClasses() {
    return IntStream.range(0, classes()).filter(c -> !byClass.get(c).isEmpty()).toArray();
  }

  /** The shape of a batch of so many samples. */
  long[] batchShape(int rows) {
    long[] result = rowShape.clone();
    result[0] = rows;
    return result;
  }

  /** SHA-256 of the samples kept, class by class. */
  String digest() {
    MessageDigest digest = Digests.sha256();
    for (List<float[]> samples : byClass) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(samples.size()).flip());
      for (float[] sample : samples) {
        Digests.add(digest, sample);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
