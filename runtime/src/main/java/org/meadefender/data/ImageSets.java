package org.meadefender.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where image sets come from. */
public final class ImageSets {
  private ImageSets() {}

  /**
   * Reads a directory with the four IDX files of MNIST and its relatives (plain or {@code .gz}), or
   * with class folders {@code train/<class>/*} and {@code test/<class>/*} of JPEG or PNG images of
   * one size.
   *
   * @throws IllegalArgumentException if the directory holds neither, or damaged files
   * @throws UncheckedIOException if a file cannot be read
   */
  public static TrainTest load(Path directory) {
    try {
      if (IdxFiles.isPresent(directory)) {
        return IdxFiles.load(directory);
      }
      if (Files.isDirectory(directory.resolve("train"))
          && Files.isDirectory(directory.resolve("test"))) {
        return ClassFolders.load(directory.resolve("train"), directory.resolve("test"));
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
    try {
      if (IdxFiles.hasTest(directory)) {
        return IdxFiles.loadTest(directory);
      }
      Path test = directory.resolve("test");
      if (Files.isDirectory(test)) {
        return ClassFolders.load(test);
      }
      if (Files.isDirectory(directory)) {
        return ClassFolders.load(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the images in " + directory, e);
    }
    throw new IllegalArgumentException(
        directory
            + " is no directory; expected one with t10k-images-idx3-ubyte[.gz] and"
            + " t10k-labels-idx1-ubyte[.gz], or with folders test/<class>/*.jpg or <class>/*.jpg");
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
}
