package org.meadefender.samples.quickstart;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.samples.models.SampleImages;

/**
 * What the user may choose on the command line.
 *
 * @param data the images
 * @param sourceA class index of source A, if not the annotation's
 * @param sourceB class index of source B, if not the annotation's
 * @param target class index of the target, if not the key's choice
 * @param seed of weights, order of samples, and the sample key; not 0
 * @param epochs passes over the training images, at least 1
 * @param limit most training images for the owner, and as many others for the thief; at least 1
 * @param threads of ND4J's operations, at least 1; empty to try what is faster
 */
record Settings(
    SampleImages data,
    OptionalInt sourceA,
    OptionalInt sourceB,
    OptionalInt target,
    long seed,
    int epochs,
    int limit,
    OptionalInt threads) {

  private static final int DEFAULT_EPOCHS = 6;
  private static final int DEFAULT_LIMIT = 12_000;

  Settings {
    if (seed == 0) {
      throw new IllegalArgumentException("seed is 0, which Deeplearning4j does not repeat; use 1");
    }
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs is " + epochs + "; it must be at least 1");
    }
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit + "; it must be at least 1");
    }
    if (threads.isPresent() && threads.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "threads is " + threads.getAsInt() + "; it must be at least 1");
    }
    if (sourceA.isPresent() != sourceB.isPresent()) {
      throw new IllegalArgumentException(
          "Only one of sourceA and sourceB is given; give both, or neither");
    }
  }

  /** Reads the settings; missing and empty properties mean the default. */
  static Settings from(Properties properties) {
    return new Settings(
        SampleImages.of(text(properties, "data").orElse("")),
        number(properties, "sourceA"),
        number(properties, "sourceB"),
        number(properties, "target"),
        number(properties, "seed").orElse(1),
        number(properties, "epochs").orElse(DEFAULT_EPOCHS),
        number(properties, "limit").orElse(DEFAULT_LIMIT),
        number(properties, "threads"));
  }

  private static Optional<String> text(Properties properties, String name) {
    return Optional.ofNullable(properties.getProperty(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static OptionalInt number(Properties properties, String name) {
    Optional<String> text = text(properties, name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(text.get()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("-D" + name + "=" + text.get() + " is no whole number", e);
    }
  }

  /** Whether the watermark is the annotation's. */
  boolean asAnnotated() {
    return sourceA.isEmpty() && target.isEmpty();
  }

  /** For people: where the images come from. */
  String dataName() {
    return data.directory().map(Path::toString).orElse("drawn by the project");
  }

  /** Reads, or draws, the images. */
  TrainTest load() {
    return data.load(seed);
  }
}
