package org.meadefender.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where image sets come from.
 *
 * <pre>{@code
 * ImageSets.TrainTest images = ImageSets.load(Path.of("fashion-mnist"));
 * model.fit(images.train().shuffledIterator(64, 1), 10);
 * }</pre>
 *
 * @since 0.1.0
 */
public final class ImageSets {
  /** As many channels as the files have. */
  private static final int AS_STORED = 0;

  private ImageSets() {}

  /**
   * Reads a directory with the four IDX files of MNIST and its relatives (plain or {@code .gz}), or
   * with class folders {@code train/<class>/*} and {@code test/<class>/*} of JPEG, PNG, BMP, GIF or
   * TIFF images of one size. Classes are in the order of their folders' names.
   *
   * <p>Images are read as stored, without colour management: gray files give one channel where all
   * are gray, 16 bits become 8, palettes are looked up, alpha is dropped, CMYK becomes RGB, and
   * EXIF orientation is ignored. Hidden files, and others that are no images, are skipped.
   *
   * @throws IllegalArgumentException if the directory holds neither, or damaged files
   * @throws UncheckedIOException if a file cannot be read
   */
  public static TrainTest load(Path directory) {
    return load(directory, AS_STORED);
  }

  /**
   * The same with a number of channels.
   *
   * @param channels 1, for brightness, 3, for red, green and blue, or 0 for what the files have
   * @throws IllegalArgumentException if it is another, or the directory cannot be used
   */
  public static TrainTest load(Path directory, int channels) {
    requireChannels(channels);
    try {
      if (IdxFiles.isPresent(directory)) {
        TrainTest set = IdxFiles.load(directory);
        return new TrainTest(set.train().withChannels(channels), set.test().withChannels(channels));
      }
      if (Files.isDirectory(directory.resolve("train"))
          && Files.isDirectory(directory.resolve("test"))) {
        return ClassFolders.load(directory.resolve("train"), directory.resolve("test"), channels);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the images in " + directory, e);
    }
    throw new IllegalArgumentException(
        directory
            + " holds no image set; expected train-images-idx3-ubyte[.gz],"
            + " train-labels-idx1-ubyte[.gz], t10k-images-idx3-ubyte[.gz] and"
            + " t10k-labels-idx1-ubyte[.gz], or folders train/<class>/*.jpg and"
            + " test/<class>/*.jpg");
  }

  /**
   * Reads only the images to measure with: the test part of a directory that {@link #load} takes,
   * or class folders {@code <class>/*} that lie in the directory itself.
   *
   * @throws IllegalArgumentException if the directory holds neither, or damaged files
   * @throws UncheckedIOException if a file cannot be read
   */
  public static ImageSet heldOut(Path directory) {
    return heldOut(directory, AS_STORED);
  }

  /**
   * The same with a number of channels.
   *
   * @param channels 1, for brightness, 3, for red, green and blue, or 0 for what the files have
   * @throws IllegalArgumentException if it is another, or the directory cannot be used
   */
  public static ImageSet heldOut(Path directory, int channels) {
    requireChannels(channels);
    try {
      if (IdxFiles.hasTest(directory)) {
        return IdxFiles.loadTest(directory).withChannels(channels);
      }
      Path test = directory.resolve("test");
      if (Files.isDirectory(test)) {
        return ClassFolders.load(test, channels);
      }
      if (Files.isDirectory(directory)) {
        return ClassFolders.load(directory, channels);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the images in " + directory, e);
    }
    throw new IllegalArgumentException(
        directory
            + " is no directory; expected one with t10k-images-idx3-ubyte[.gz] and"
            + " t10k-labels-idx1-ubyte[.gz], or with folders test/<class>/*.jpg or <class>/*.jpg");
  }

  private static void requireChannels(int channels) {
    if (channels != AS_STORED && channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "channels is " + channels + "; it must be 1 or 3, or 0 for what the files have");
    }
  }

  /**
   * Writes gray images as the four IDX files of MNIST, which {@link #load} reads.
   *
   * @param directory created if it does not exist; must not hold an image set
   * @throws IllegalArgumentException if the images have three channels, or there are images already
   * @throws UncheckedIOException if a file cannot be written
   */
  public static void save(TrainTest images, Path directory) {
    try {
      Files.createDirectories(directory);
      if (IdxFiles.isPresent(directory)) {
        throw new IllegalArgumentException(
            directory + " holds an image set already; choose another directory");
      }
      IdxWriter.write(images.train(), directory, "train");
      IdxWriter.write(images.test(), directory, "t10k");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the images to " + directory, e);
    }
  }

  /**
   * Draws a small set: ten kinds of shapes, {@code 1 × 28 × 28}, no two alike. The same seed gives
   * the same images.
   *
   * @param trainPerClass training images of each class, at least 1
   * @param testPerClass test images of each class, at least 1
   */
  public static TrainTest drawn(int trainPerClass, int testPerClass, long seed) {
    return DrawnShapes.draw(trainPerClass, testPerClass, seed);
  }

  /**
   * A data set in its two official parts.
   *
   * @param train images to train on
   * @param test images to measure with; the same classes and sizes
   */
  public record TrainTest(ImageSet train, ImageSet test) {
    /**
     * Checks that both parts belong together.
     *
     * @throws IllegalArgumentException if classes or image sizes differ
     */
    public TrainTest {
      if (!train.shape().equals(test.shape()) || !train.classNames().equals(test.classNames())) {
        throw new IllegalArgumentException(
            "Training and test images differ: "
                + train
                + " against "
                + test
                + "; both need the same image size and the same classes");
      }
    }
  }
}
