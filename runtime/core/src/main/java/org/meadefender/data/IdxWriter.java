package org.meadefender.data;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes gray images in the format of MNIST. */
final class IdxWriter {
  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;

  private IdxWriter() {}

  /**
   * Writes images and labels.
   *
   * @param part "train" or "t10k"
   * @throws IllegalArgumentException if the images have three channels
   */
  static void write(ImageSet images, Path directory, String part) throws IOException {
    ImageSet.Shape shape = images.shape();
    if (shape.channels() != 1) {
      throw new IllegalArgumentException(
          "IDX files hold images of 1 channel; these have " + shape.channels());
    }
    try (DataOutputStream pixels = open(directory.resolve(part + "-images-idx3-ubyte"));
        DataOutputStream labels = open(directory.resolve(part + "-labels-idx1-ubyte"))) {
      pixels.writeInt(IMAGES_MAGIC);
      pixels.writeInt(images.size());
      pixels.writeInt(shape.height());
      pixels.writeInt(shape.width());
      labels.writeInt(LABELS_MAGIC);
      labels.writeInt(images.size());
      for (int i = 0; i < images.size(); i++) {
        pixels.write(images.bytes(i));
        labels.writeByte(images.label(i));
      }
    }
  }

  private static DataOutputStream open(Path file) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
  }
}
