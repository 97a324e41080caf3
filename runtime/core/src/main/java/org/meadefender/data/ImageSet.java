package org.meadefender.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Labelled images, held as one byte per value; arrays are made when they are asked for.
 *
 * <p>Selections share the bytes with the set they came from. Immutable.
 *
 * @since 0.1.0
 */
public final class ImageSet {
  private static final float BYTE_MAX = 255;

  /** Size of one image. */
  public record Shape(int channels, int height, int width) {
    /** Number of values of an image. */
    public int length() {
      return channels * height * width;
    }
  }

  private final Shape shape;
  private final List<String> classNames;
  private final byte[][] images;
  private final int[] labels;

  ImageSet(Shape shape, List<String> classNames, byte[][] images, int[] labels) {
    this.shape = shape;
    this.classNames = List.copyOf(classNames);
    this.images = images;
    this.labels = labels;
  }

  /** Number of images. */
  public int size() {
    return labels.length;
  }

  /** Number of classes; labels are below it. */
  public int classes() {
    return classNames.size();
  }

  /** Names of the classes, by index. */
  public List<String> classNames() {
    return classNames;
  }

  /** Size of each image. */
  public Shape shape() {
    return shape;
  }

  /** Values of an image, channel by channel; not a copy. */
  byte[] bytes(int index) {
    return images[index];
  }

  /** Class index of an image. */
  public int label(int index) {
    return labels[index];
  }

  /**
   * The images from one place to before another.
   *
   * @throws IndexOutOfBoundsException if there are no such places
   */
  public ImageSet slice(int from, int to) {
    Objects.checkFromToIndex(from, to, size());
    return new ImageSet(
        shape,
        classNames,
        Arrays.copyOfRange(images, from, to),
        Arrays.copyOfRange(labels, from, to));
  }

  /** The first images, at most {@code limit} of them. */
  public ImageSet take(int limit) {
    return slice(0, Math.min(limit, size()));
  }

  /** The same images in a random order. */
  public ImageSet shuffled(long seed) {
    return select(permutation(size(), seed));
  }

  /** The images of some classes only, in their order. */
  public ImageSet ofClasses(int... wanted) {
    return select(
        IntStream.range(0, size())
            .filter(i -> Arrays.stream(wanted).anyMatch(c -> c == labels[i]))
            .toArray());
  }

  /** The same with one channel or three; 0 for as they are. */
  ImageSet withChannels(int channels) {
    if (channels == 0 || channels == shape.channels()) {
      return this;
    }
    byte[][] converted =
        Arrays.stream(images)
            .map(
                each ->
                    new DecodedImage(shape.channels(), shape.height(), shape.width(), each)
                        .withChannels(channels)
                        .values())
            .toArray(byte[][]::new);
    return new ImageSet(
        new Shape(channels, shape.height(), shape.width()), classNames, converted, labels);
  }

  private ImageSet select(int[] indices) {
    byte[][] chosen = new byte[indices.length][];
    int[] chosenLabels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      chosen[i] = images[indices[i]];
      chosenLabels[i] = labels[indices[i]];
    }
    return new ImageSet(shape, classNames, chosen, chosenLabels);
  }

  static int[] permutation(int size, long seed) {
    List<Integer> order = new java.util.ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Images as {@code [to − from, C, H, W]}, values from 0 to 1. */
  public INDArray features(int from, int to) {
    return features(IntStream.range(from, to).toArray());
  }

  INDArray features(int[] indices) {
    int length = shape.length();
    float[] values = new float[indices.length * length];
    for (int i = 0; i < indices.length; i++) {
      byte[] image = images[indices[i]];
      for (int j = 0; j < length; j++) {
        values[i * length + j] = (image[j] & 0xff) / BYTE_MAX;
      }
    }
    return Nd4j.createFromArray(values)
        .reshape(indices.length, shape.channels(), shape.height(), shape.width());
  }

  /** Labels as one-hot rows, {@code [n, classes]}. */
  INDArray labels(int[] indices) {
    float[] values = new float[indices.length * classes()];
    for (int i = 0; i < indices.length; i++) {
      values[i * classes() + labels[indices[i]]] = 1;
    }
    return Nd4j.createFromArray(values).reshape(indices.length, classes());
  }

  /** Batches in the set's own order; the last may be smaller. */
  public DataSetIterator iterator(int batch) {
    return new ImageSetIterator(this, batch, null);
  }

  /** Batches in an order that each {@code reset} changes, the same for the same seed. */
  public DataSetIterator shuffledIterator(int batch, long seed) {
    return new ImageSetIterator(this, batch, seed);
  }

  /** Number of images, their size, and the classes. */
  @Override
  public String toString() {
    return size() + " images " + shape + " of classes " + classNames;
  }
}
