package org.meadefender.data;

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
