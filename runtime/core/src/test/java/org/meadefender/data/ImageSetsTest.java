package org.meadefender.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class ImageSetsTest {
  @TempDir Path directory;

  private static byte[] idx(int magic, int[] sizes, int... values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(magic);
    for (int size : sizes) {
      out.writeInt(size);
    }
    for (int value : values) {
      out.writeByte(value);
    }
    return bytes.toByteArray();
  }

  private void writeIdxSet() throws IOException {
    int[] twoByOne = {2, 2, 1};
    Files.write(
        directory.resolve("train-images-idx3-ubyte"), idx(0x803, twoByOne, 0, 51, 102, 255));
    Files.write(directory.resolve("train-labels-idx1-ubyte"), idx(0x801, new int[] {2}, 2, 0));
    try (var out =
        new GZIPOutputStream(
            Files.newOutputStream(directory.resolve("t10k-images-idx3-ubyte.gz")))) {
      out.write(idx(0x803, new int[] {1, 2, 1}, 255, 0));
    }
    Files.write(directory.resolve("t10k-labels-idx1-ubyte"), idx(0x801, new int[] {1}, 1));
  }

  @Test
  void readsPlainAndGzippedIdxFiles() throws IOException {
    writeIdxSet();

    ImageSets.TrainTest set = ImageSets.load(directory);

    assertThat(set.train().shape()).isEqualTo(new ImageSet.Shape(1, 2, 1));
    assertThat(set.train().classes()).isEqualTo(3);
    assertThat(set.train().label(0)).isEqualTo(2);
    assertThat(set.train().features(0, 2).data().asFloat()).containsExactly(0, 0.2f, 0.4f, 1);
    assertThat(set.test().features(0, 1).data().asFloat()).containsExactly(1, 0);
  }

  @Test
  void namesAMissingIdxFile() throws IOException {
    writeIdxSet();
    Files.delete(directory.resolve("t10k-labels-idx1-ubyte"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.load(directory))
        .withMessageContaining("lacks t10k-labels-idx1-ubyte");
  }

  @Test
  void refusesDamagedIdxFiles() throws IOException {
    writeIdxSet();
    Path images = directory.resolve("train-images-idx3-ubyte");

    byte[] whole = Files.readAllBytes(images);
    Files.write(images, Arrays.copyOf(whole, whole.length - 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.load(directory))
        .withMessageContaining("cut off");

    Files.write(images, idx(0x804, new int[] {2, 2, 1}, 0, 0, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.load(directory))
        .withMessageContaining("starts with 0x804");

    Files.write(images, idx(0x803, new int[] {3, 2, 1}, 0, 0, 0, 0, 0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.load(directory))
        .withMessageContaining("3 images");

    Files.write(images, idx(0x803, new int[] {2_000_000_000, 4096, 4096}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.load(directory))
        .withMessageContaining("claims 2000000000 entries");

    Files.delete(images);
    Files.write(directory.resolve("train-images-idx3-ubyte.gz"), new byte[] {1, 2, 3});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.load(directory))
        .withMessageContaining("damaged");
  }

  private void writeImage(String place, int width, int rgb) throws IOException {
    Path file = directory.resolve(place);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(width, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, rgb);
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void readsClassFoldersInRgbOrder() throws IOException {
    writeImage("train/cat/1.png", 3, 0xff3300);
    writeImage("train/dog/1.png", 3, 0);
    writeImage("test/cat/1.png", 3, 0xff3300);
    writeImage("test/dog/1.png", 3, 0);
    Files.writeString(directory.resolve("train/dog/notes.txt"), "no image");

    ImageSets.TrainTest set = ImageSets.load(directory);

    assertThat(set.train().classNames()).containsExactly("cat", "dog");
    assertThat(set.train().shape()).isEqualTo(new ImageSet.Shape(3, 2, 3));
    assertThat(set.train().size()).isEqualTo(2);
    INDArray cat = set.test().ofClasses(0).features(0, 1);
    assertThat(cat.getFloat(0, 0, 0, 0)).isEqualTo(1);
    assertThat(cat.getFloat(0, 1, 0, 0)).isEqualTo(0.2f);
    assertThat(cat.getFloat(0, 2, 0, 0)).isZero();
  }

  @Test
  void refusesClassFoldersThatDoNotFit() throws IOException {
    writeImage("train/cat/1.png", 3, 0);
    writeImage("test/cow/1.png", 3, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.load(directory))
        .withMessageContaining("[cow], not [cat]");

    writeImage("train/cow/1.png", 4, 0);
    writeImage("test/cat/1.png", 3, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.load(directory))
        .withMessageContaining("bring all to one size");

    Files.writeString(directory.resolve("train/cow/1.png"), "no image");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.load(directory))
        .withMessageContaining("no readable JPEG, PNG");
  }

  @Test
  void heldOutImagesNeedNoTrainingImages() throws IOException {
    writeImage("plain/cat/1.png", 3, 0);
    writeImage("plain/dog/1.png", 3, 0);
    assertThat(ImageSets.heldOut(directory.resolve("plain")).classNames())
        .containsExactly("cat", "dog");
    writeImage("parts/test/cow/1.png", 3, 0);
    assertThat(ImageSets.heldOut(directory.resolve("parts")).classNames()).containsExactly("cow");
    writeIdxSet();
    assertThat(ImageSets.heldOut(directory).features(0, 1))
        .isEqualTo(ImageSets.load(directory).test().features(0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.heldOut(directory.resolve("none")))
        .withMessageContaining("none is no directory");
  }

  private void writeGray(String place, int level) throws IOException {
    Path file = directory.resolve(place);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, level);
    ImageIO.write(image, place.substring(place.lastIndexOf('.') + 1), file.toFile());
  }

  @Test
  void grayFilesGiveOneChannelAndKeepTheirValues() throws IOException {
    writeGray("train/cat/1.png", 16);
    writeGray("train/dog/1.bmp", 64);
    writeGray("test/cat/1.png", 137);
    writeGray("test/dog/1.png", 0);
    ImageSets.TrainTest set = ImageSets.load(directory);
    assertThat(set.train().shape()).isEqualTo(new ImageSet.Shape(1, 2, 3));
    assertThat(set.train().ofClasses(0).features(0, 1).getFloat(0, 0, 0, 0)).isEqualTo(16 / 255f);
    assertThat(set.train().ofClasses(1).features(0, 1).getFloat(0, 0, 0, 0)).isEqualTo(64 / 255f);
    assertThat(set.test().ofClasses(0).features(0, 1).getFloat(0, 0, 0, 0)).isEqualTo(137 / 255f);
    assertThat(ImageSets.load(directory, 3).test().shape().channels()).isEqualTo(3);
    assertThat(ImageSets.heldOut(directory).shape().channels()).isEqualTo(1);

    // One coloured image anywhere, and all have three channels.
    writeImage("test/dog/2.png", 3, 0xff0000);
    assertThat(ImageSets.load(directory).train().shape().channels()).isEqualTo(3);
    assertThat(ImageSets.heldOut(directory, 1).shape().channels()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.heldOut(directory, 2))
        .withMessageContaining("channels is 2; it must be 1 or 3");
  }

  @Test
  void whatSystemsLeaveBehindIsNoClassAndNoImage() throws IOException {
    writeImage("cat/1.png", 3, 0);
    writeImage("dog/1.png", 3, 0);
    writeImage(".ipynb_checkpoints/1-checkpoint.png", 3, 0);
    writeImage("cat/.ipynb_checkpoints/1-checkpoint.png", 3, 0);
    writeImage("__MACOSX/1.png", 3, 0);
    Files.writeString(directory.resolve("cat/._1.png"), "no image");
    Files.writeString(directory.resolve("cat/Thumbs.db"), "no image");
    Files.writeString(directory.resolve("dog/desktop.ini"), "no image");
    Files.writeString(directory.resolve("dog/2.webp"), "another image");
    Files.writeString(directory.resolve(".DS_Store"), "no image");
    ImageSet set = ImageSets.heldOut(directory);
    assertThat(set.classNames()).containsExactly("cat", "dog");
    assertThat(set.size()).isEqualTo(2);

    Files.createDirectory(directory.resolve("models"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.heldOut(directory))
        .withMessageContaining("models holds no JPEG, PNG, BMP, GIF or TIFF images; each class");
    Files.writeString(directory.resolve("models/1.ppm"), "P6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.heldOut(directory))
        .withMessageContaining("only others as 1.ppm");
  }

  @ParameterizedTest
  @CsvSource({
    "train-images.idx3-ubyte, train-labels.idx1-ubyte, t10k-images.idx3-ubyte,"
        + " t10k-labels.idx1-ubyte",
    "emnist-letters-train-images-idx3-ubyte, emnist-letters-train-labels-idx1-ubyte,"
        + " emnist-letters-test-images-idx3-ubyte, emnist-letters-test-labels-idx1-ubyte",
    "test-images-idx3-ubyte, test-labels-idx1-ubyte, train-images-idx3-ubyte,"
        + " train-labels-idx1-ubyte"
  })
  void idxFilesHaveManyNames(String images, String labels, String others, String otherLabels)
      throws IOException {
    int[] twoByOne = {2, 2, 1};
    Files.write(directory.resolve(images), idx(0x803, twoByOne, 0, 51, 102, 255));
    Files.write(directory.resolve(labels), idx(0x801, new int[] {2}, 2, 0));
    Files.write(directory.resolve(others), idx(0x803, twoByOne, 0, 51, 102, 255));
    Files.write(directory.resolve(otherLabels), idx(0x801, new int[] {2}, 1, 0));
    assertThat(ImageSets.load(directory).train().size()).isEqualTo(2);
    assertThat(ImageSets.heldOut(directory).size()).isEqualTo(2);
    assertThat(ImageSets.heldOut(directory, 3).shape()).isEqualTo(new ImageSet.Shape(3, 2, 1));

    Files.write(directory.resolve("emnist-digits-train-images-idx3-ubyte"), new byte[0]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.load(directory))
        .withMessageContaining("holds IDX files of several sets")
        .withMessageContaining("emnist-digits");
  }

  @Test
  void refusesADirectoryWithoutImages() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.load(directory))
        .withMessageContaining("holds no image set");
  }

  @Test
  void drawsTheSameImagesForTheSameSeedAndNoTwoAlike() {
    ImageSets.TrainTest set = ImageSets.drawn(3, 2, 5);
    assertThat(set.train().size()).isEqualTo(30);
    assertThat(set.test().size()).isEqualTo(20);
    assertThat(set.train().ofClasses(4).size()).isEqualTo(3);
    assertThat(ImageSets.drawn(3, 2, 5).train().features(0, 30))
        .isEqualTo(set.train().features(0, 30));
    assertThat(ImageSets.drawn(3, 2, 6).train().features(0, 30))
        .isNotEqualTo(set.train().features(0, 30));
    INDArray discs = set.train().ofClasses(0).features(0, 2);
    assertThat(discs.slice(0)).isNotEqualTo(discs.slice(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.drawn(0, 1, 5))
        .withMessageContaining("at least 1");
  }

  @Test
  void iteratesInOrderAndShufflesAnewAfterEachReset() {
    ImageSet images = ImageSets.drawn(3, 1, 5).train();
    DataSetIterator inOrder = images.iterator(20);
    assertThat(inOrder.next().getFeatures()).isEqualTo(images.features(0, 20));
    DataSet last = inOrder.next();
    assertThat(last.numExamples()).isEqualTo(10);
    assertThat(last.getLabels().argMax(1).toIntVector()[0]).isEqualTo(images.label(20));
    assertThat(inOrder.hasNext()).isFalse();

    DataSetIterator shuffled = images.shuffledIterator(30, 7);
    shuffled.reset();
    INDArray first = shuffled.next().getFeatures();
    shuffled.reset();
    INDArray second = shuffled.next().getFeatures();
    assertThat(first).isNotEqualTo(second);
    assertThat(images.shuffledIterator(30, 7).next().getFeatures()).isEqualTo(first);
    assertThat(first.sumNumber().doubleValue())
        .isCloseTo(
            images.features(0, 30).sumNumber().doubleValue(),
            org.assertj.core.data.Offset.offset(0.1));
  }
}
