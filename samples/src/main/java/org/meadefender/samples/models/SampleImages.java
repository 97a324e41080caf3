package org.meadefender.samples.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;

/**
 * The images that samples run on: those that the user names, Fashion-MNIST where it lies beside the
 * project, or else a set that the project draws itself, so that a fresh machine needs no download.
 *
 * @param directory of IDX files or class folders; empty for the drawn set
 */
public record SampleImages(Optional<Path> directory) {
  private static final Path SHARED = Path.of("../shared/data/fashion-mnist");

  /** What asks for the drawn set. */
  private static final String DRAWN = "drawn";

  private static final int TRAIN_PER_CLASS = 2_400;
  private static final int TEST_PER_CLASS = 200;

  /** Understands a setting; a blank one leaves the choice to what is there. */
  public static SampleImages of(String setting) {
    String text = setting.strip();
    if (text.isEmpty()) {
      return new SampleImages(Optional.of(SHARED).filter(Files::isDirectory));
    }
    return new SampleImages(Optional.of(text).filter(name -> !name.equals(DRAWN)).map(Path::of));
  }

  /** A short name for tables. */
  public String name() {
    return directory.map(Path::getFileName).map(Path::toString).orElse(DRAWN);
  }

  /**
   * Reads, or draws, the images.
   *
   * @param seed of drawn images
   */
  public TrainTest load(long seed) {
    return directory
        .map(ImageSets::load)
        .orElseGet(() -> ImageSets.drawn(TRAIN_PER_CLASS, TEST_PER_CLASS, seed));
  }
}
