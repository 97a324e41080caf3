package org.meadefender.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.meadefender.data.ImageSets.TrainTest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images sorted into one folder per class, as {@code [C, H, W]}: one channel where all are gray,
 * else red, green and blue.
 */
final class ClassFolders {
  private static final Logger log = LoggerFactory.getLogger(ClassFolders.class);

  /** Class folders list one class after the other; training needs them mixed. */
  private static final long SHUFFLE_SEED = 1;

  /** What systems and tools leave behind, beside hidden files. */
  private static final Set<String> LEFT_BEHIND =
      Set.of("__macosx", "@eadir", "$recycle.bin", "thumbs.db", "desktop.ini");

  private ClassFolders() {}

  /**
   * Reads both parts.
   *
   * @param channels 1 or 3; 0 for what the files have
   */
  static TrainTest load(Path train, Path test, int channels) throws IOException {
    List<String> names = classNames(train);
    Part first = read(train, names);
    Part second = read(test, names);
    int common = channels == 0 ? Math.max(first.channels(), second.channels()) : channels;
    return new TrainTest(first.toImageSet(common), second.toImageSet(common));
  }

  static ImageSet load(Path folder, int channels) throws IOException {
    Part part = read(folder, classNames(folder));
    return part.toImageSet(channels == 0 ? part.channels() : channels);
  }

  /** What one folder of class folders holds. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(List<String> names, DecodedImage[] images, int[] labels) {
    int channels() {
      return Arrays.stream(images).mapToInt(DecodedImage::channels).max().orElseThrow();
    }

    ImageSet toImageSet(int channels) {
      byte[][] values =
          Arrays.stream(images)
              .map(each -> each.withChannels(channels).values())
              .toArray(byte[][]::new);
      return new ImageSet(
              new ImageSet.Shape(channels, images[0].height(), images[0].width()),
              names,
              values,
              labels)
          .shuffled(SHUFFLE_SEED);
    }
  }

  private static List<String> classNames(Path folder) throws IOException {
    List<String> names =
        list(folder, Files::isDirectory).stream()
            .map(each -> each.getFileName().toString())
            .toList();
    if (names.isEmpty()) {
      throw new IllegalArgumentException(folder + " holds no class folders");
    }
    return names;
  }

  private static Part read(Path folder, List<String> names) throws IOException {
    if (!classNames(folder).equals(names)) {
      throw new IllegalArgumentException(
          folder + " has the classes " + classNames(folder) + ", not " + names);
    }
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (String name : names) {
      List<Path> images = images(folder.resolve(name));
      files.addAll(images);
      images.forEach(image -> labels.add(names.indexOf(name)));
    }
    // Decoding is what takes the time: spread over the cores.
    DecodedImage[] images =
        files.parallelStream().map(ImageFiles::read).toArray(DecodedImage[]::new);
    for (int i = 0; i < images.length; i++) {
      requireSize(files.get(i), images[i], images[0]);
    }
    return new Part(names, images, labels.stream().mapToInt(Integer::intValue).toArray());
  }

  private static List<Path> images(Path classFolder) throws IOException {
    List<Path> images = list(classFolder, each -> isFile(each) && ImageFiles.isImage(each));
    List<Path> others = list(classFolder, each -> isFile(each) && !ImageFiles.isImage(each));
    if (images.isEmpty()) {
      throw new IllegalArgumentException(
          classFolder
              + " holds no "
              + ImageFiles.formats()
              + " images"
              + (others.isEmpty() ? "" : ", only others as " + others.get(0).getFileName())
              + "; each class folder needs some, remove it if it is none");
    }
    if (!others.isEmpty()) {
      log.warn(
          "{}: {} files are skipped that are no {} images, as {}",
          classFolder,
          others.size(),
          ImageFiles.formats(),
          others.get(0).getFileName());
    }
    return images;
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file);
  }

  private static void requireSize(Path file, DecodedImage image, DecodedImage first) {
    if (image.height() != first.height() || image.width() != first.width()) {
      throw new IllegalArgumentException(
          file
              + " is "
              + image.width()
              + " x "
              + image.height()
              + " pixels, the first image "
              + first.width()
              + " x "
              + first.height()
              + "; bring all to one size");
    }
  }

  private static boolean isLeftBehind(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") || LEFT_BEHIND.contains(name.toLowerCase(Locale.ROOT));
  }

  private static List<Path> list(Path folder, Predicate<Path> filter) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(filter).filter(each -> !isLeftBehind(each)).sorted().toList();
    }
  }
}
