package org.meadefender.cli;

import java.nio.file.Path;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import picocli.CommandLine.Option;

/** The images that a model was not trained on. */
final class HeldOutOptions {
  @NamedFile(FileUse.READ)
  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description =
          "Held-out images that the model was not trained on: t10k-*-ubyte[.gz] (IDX), or"
              + " test/<class>/*.jpg, or <class>/*.jpg.")
  private Path data = Path.of("");

  @Option(
      names = "--channels",
      paramLabel = "N",
      description =
          "Channels that images in class folders are read with, 1 or 3; default what the files"
              + " have.")
  private int channels;

  ImageSet read() {
    return readAs(data);
  }

  /** Other images, read in the same way. */
  ImageSet readAs(Path others) {
    return ImageSets.heldOut(others, channels);
  }
}
