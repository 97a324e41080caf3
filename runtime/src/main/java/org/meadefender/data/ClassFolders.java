package org.meadefender.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Images sorted into one folder per class, as {@code [3, H, W]} in RGB. */
final class ClassFolders {
  /** Class folders list one class after the other; training needs them mixed. */
  private static final long SHUFFLE_SEED = 1;

  private static final List<String> EXTENSIONS = List.of(".jpg", ".jpeg", ".png");

  private ClassFolders() {}

  static TrainTest load(Path train, Path test) throws IOException {
    ImageSet images = load(train);
    return new TrainTest(images, read(test, images.classNames()));
  }

  static ImageSet load(Path folder) throws IOException {
    List<String> names = classNames(folder);
    if (names.isEmpty()) {
      throw new IllegalArgumentException(folder + " holds no class folders");
    }
    return read(folder, names);
  }

  private static List<String> classNames(Path folder) throws IOException {
    return list(folder, Files::isDirectory).stream()
        .map(each -> each.getFileName().toString())
        .toList();
  }

  private static ImageSet read(Path folder, List<String> names) throws IOException {
    if (!classNames(folder).equals(names)) {
      throw new IllegalArgumentException(
          folder + " has the classes " + classNames(folder) + ", not " + names);
    }
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (String name : names) {
      for (Path file : list(folder.resolve(name), ClassFolders::isImage)) {
        files.add(file);
        labels.add(names.indexOf(name));
      }
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException(folder + " holds no " + EXTENSIONS + " images");
    }
    BufferedImage first = decode(files.get(0));
    ImageSet.Shape shape = new ImageSet.Shape(3, first.getHeight(), first.getWidth());
    // Decoding is what takes the time: spread over the cores.
    byte[][] images =
        files.parallelStream().map(file -> values(file, shape)).toArray(byte[][]::new);
    int[] classOfImage = labels.stream().mapToInt(Integer::intValue).toArray();
    return new ImageSet(shape, names, images, classOfImage).shuffled(SHUFFLE_SEED);
  }

  private static byte[] values(Path file, ImageSet.Shape shape) {
    BufferedImage image = decode(file);
    if (image.getHeight() != shape.height() || image.getWidth() != shape.width()) {
      throw new IllegalArgumentException(
          file
              + " is "
              + image.getWidth()
              + " x "
              + image.getHeight()
              + " pixels, the first image "
              + shape.width()
              + " x "
              + shape.height()
              + "; bring all to one size");
    }
    int plane = shape.height() * shape.width();
    int[] rgb = image.getRGB(0, 0, shape.width(), shape.height(), null, 0, shape.width());
    byte[] values = new byte[3 * plane];
    for (int i = 0; i < plane; i++) {
      values[i] = (byte) (rgb[i] >> 16);
      values[plane + i] = (byte) (rgb[i] >> 8);
      values[2 * plane + i] = (byte) rgb[i];
    }
    return values;
  }

  private static BufferedImage decode(Path file) {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image != null) {
        return image;
      }
      throw new IllegalArgumentException(file + " is no readable JPEG or PNG image");
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " is no readable JPEG or PNG image", e);
    }
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && EXTENSIONS.stream().anyMatch(name::endsWith);
  }

  private static List<Path> list(Path folder, Predicate<Path> filter) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(filter).sorted().toList();
    }
  }
}
