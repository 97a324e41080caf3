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

    TrainTest set = ImageSets.load(directory);

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

    TrainTest set = ImageSets.load(directory);

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
        .withMessageContaining("no readable JPEG or PNG");
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

  @Test
  void refusesADirectoryWithoutImages() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSets.load(directory))
        .withMessageContaining("holds no image set");
  }

  @Test
  void drawsTheSameImagesForTheSameSeedAndNoTwoAlike() {
    TrainTest set = ImageSets.drawn(3, 2, 5);
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
