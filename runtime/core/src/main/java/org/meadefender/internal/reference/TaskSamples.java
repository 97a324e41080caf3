package org.meadefender.internal.reference;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.meadefender.internal.Digests;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Labelled samples of a task.
 *
 * @param batchShape shape of a batch, {@code [n, …]}; the first entry does not matter
 * @param classes number of classes of the task
 * @param samples values of each sample, in the order of the batch shape
 * @param labels class of each sample, from 0 to {@code classes - 1}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TaskSamples(
    long[] batchShape, int classes, List<float[]> samples, List<Integer> labels) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there are not as many labels as samples
   */
  public TaskSamples {
    if (samples.size() != labels.size()) {
      throw new IllegalArgumentException(
          "There are " + labels.size() + " labels for " + samples.size() + " samples");
    }
    samples = List.copyOf(samples);
    labels = List.copyOf(labels);
  }

  /** Number of samples. */
  public int size() {
    return samples.size();
  }

  /** Number of samples of the rarest class that there is, 0 without samples. */
  int fewestOfAClass() {
    int[] counts = new int[classes];
    labels.forEach(label -> counts[label]++);
    return Arrays.stream(counts).filter(count -> count > 0).min().orElse(0);
  }

  /** Number of classes that there are samples of. */
  int presentClasses() {
    return (int) labels.stream().distinct().count();
  }

  /** The samples at some places. */
  TaskSamples at(List<Integer> places) {
    return new TaskSamples(
        batchShape,
        classes,
        places.stream().map(samples::get).toList(),
        places.stream().map(labels::get).toList());
  }

  /** All places in random order. */
  List<Integer> shuffledPlaces(long seed) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      places.add(i);
    }
    java.util.Collections.shuffle(places, new Random(seed));
    return places;
  }

  /** A batch of all samples. */
  INDArray features() {
    int length = samples.isEmpty() ? 0 : samples.get(0).length;
    float[] values = new float[size() * length];
    for (int i = 0; i < size(); i++) {
      System.arraycopy(samples.get(i), 0, values, i * length, length);
    }
    long[] shape = batchShape.clone();
    shape[0] = size();
    return Nd4j.createFromArray(values).reshape(shape);
  }

  /** A batch of all samples with one-hot labels. */
  DataSet batch() {
    float[][] oneHot = new float[size()][classes];
    for (int i = 0; i < size(); i++) {
      oneHot[i][labels.get(i)] = 1;
    }
    return new DataSet(features(), Nd4j.createFromArray(oneHot));
  }

  /** SHA-256 over shape, labels and values. */
  public String digest() {
    MessageDigest digest = Digests.sha256();
    digest.update(
        Arrays.toString(Arrays.copyOfRange(batchShape, 1, batchShape.length))
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(classes).flip());
    for (int i = 0; i < size(); i++) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(labels.get(i)).flip());
      Digests.add(digest, samples.get(i));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
