package org.meadefender.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.internal.BoundedFile;

/** The IDX format of MNIST: a magic number, sizes, and unsigned bytes, often gzipped. */
final class IdxFiles {
  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;

  /** Far above any known set; a damaged header must not exhaust the memory. */
  private static final long MAX_VALUES = 1L << 31;

  private static final int MAX_ENTRIES = 1 << 26;

  private static final int MAX_SIDE = 4096;

  private IdxFiles() {}

  static boolean isPresent(Path directory) throws IOException {
    return IdxNames.find(directory, true, true).isPresent();
  }

  static boolean hasTest(Path directory) throws IOException {
    return IdxNames.find(directory, false, true).isPresent();
  }

  static ImageSet loadTest(Path directory) throws IOException {
    Part test = read(directory, false);
    return test.toImageSet(names(1 + max(test.labels)));
  }

  static TrainTest load(Path directory) throws IOException {
    Part train = read(directory, true);
    Part test = read(directory, false);
    List<String> names = names(1 + Math.max(max(train.labels), max(test.labels)));
    return new TrainTest(train.toImageSet(names), test.toImageSet(names));
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(ImageSet.Shape shape, byte[][] images, int[] labels) {
    ImageSet toImageSet(List<String> names) {
      return new ImageSet(shape, names, images, labels);
    }
  }

  private static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  private static Part read(Path directory, boolean train) throws IOException {
    Path imageFile = require(directory, train, true);
    Path labelFile = require(directory, train, false);
    int[] labels = readLabels(labelFile);
    try (DataInputStream in = open(imageFile)) {
      requireMagic(imageFile, in, IMAGES_MAGIC);
      int n = in.readInt();
      int height = in.readInt();
      int width = in.readInt();
      requireSize(imageFile, n, height, width);
      if (n != labels.length) {
        throw new IllegalArgumentException(
            imageFile
                + " holds "
                + n
                + " images, but "
                + labelFile
                + " "
                + labels.length
                + " labels; they must be as many");
      }
      byte[][] images = new byte[n][];
      for (int i = 0; i < n; i++) {
        images[i] = readFully(in, height * width);
      }
      return new Part(new ImageSet.Shape(1, height, width), images, labels);
    } catch (EOFException | ZipException e) {
      throw damaged(imageFile, e);
    }
  }

  private static int[] readLabels(Path file) throws IOException {
    try (DataInputStream in = open(file)) {
      requireMagic(file, in, LABELS_MAGIC);
      int n = in.readInt();
      requireSize(file, n, 1, 1);
      byte[] bytes = readFully(in, n);
      return IntStream.range(0, n).map(i -> bytes[i] & 0xff).toArray();
    } catch (EOFException | ZipException e) {
      throw damaged(file, e);
    }
  }

  /** Takes memory for what there is, not for what the header claims. */
  private static byte[] readFully(InputStream in, int n) throws IOException {
    byte[] bytes = in.readNBytes(n);
    if (bytes.length < n) {
      throw new EOFException();
    }
    return bytes;
  }

  private static void requireMagic(Path file, DataInputStream in, int expected) throws IOException {
    int magic = in.readInt();
    if (magic != expected) {
      throw new IllegalArgumentException(
          String.format("%s starts with 0x%x, not 0x%x: no such IDX file", file, magic, expected));
    }
  }

  private static void requireSize(Path file, int n, int height, int width) {
    boolean sane =
        n > 0
            && n <= MAX_ENTRIES
            && height > 0
            && height <= MAX_SIDE
            && width > 0
            && width <= MAX_SIDE;
    if (!sane || (long) n * height * width > MAX_VALUES) {
      throw new IllegalArgumentException(
          file
              + " claims "
              + n
              + " entries of "
              + height
              + " x "
              + width
              + "; expected from 1 to "
              + MAX_ENTRIES
              + ", and sides up to "
              + MAX_SIDE);
    }
    if ((long) n * height * width > BoundedFile.affordable()) {
      throw new IllegalArgumentException(
          file
              + " claims "
              + n
              + " entries of "
              + height
              + " x "
              + width
              + ", for which Java has no memory; give it more, java -Xmx...");
    }
  }

  private static IllegalArgumentException damaged(Path file, IOException cause) {
    return new IllegalArgumentException(file + " is cut off or damaged; fetch it again", cause);
  }

  private static DataInputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      return new DataInputStream(
          new BufferedInputStream(
              file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, 1 << 16));
    } catch (EOFException | ZipException e) {
      in.close();
      throw damaged(file, e);
    }
  }

  private static Path require(Path directory, boolean train, boolean images) throws IOException {
    String name =
        (train ? "train" : "t10k") + (images ? "-images-idx3-ubyte" : "-labels-idx1-ubyte");
    return IdxNames.find(directory, train, images)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    directory
                        + " lacks "
                        + name
                        + " or "
                        + name
                        + ".gz; images and labels belong together"));
  }

  private static int max(int[] labels) {
    return Arrays.stream(labels).max().orElseThrow();
  }
}
