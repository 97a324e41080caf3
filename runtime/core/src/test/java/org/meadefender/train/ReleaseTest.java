package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ReleaseTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC = List.of(WatermarkSpec.of(0, 1, 0.25));
  private static final ImageSet IMAGES = ImageSets.drawn(13, 1, 1).train();

  @TempDir Path directory;

  private Path release(ProtectedModel<?> model) {
    model.fit(IMAGES.shuffledIterator(32, 3), 1);
    Path zip = directory.resolve("model.zip");
    model.release(zip);
    return zip;
  }

  /** Loads and answers in a JVM whose class path lacks our classes. */
  private INDArray answersOfAPlainJvm(String kind, Path zip, INDArray input) throws Exception {
    Path loader = directory.resolve("classes");
    String name = "org/meadefender/release/LoadsReleasedModel.class";
    Path copy = loader.resolve(name);
    Files.createDirectories(copy.getParent());
    try (InputStream in = getClass().getClassLoader().getResourceAsStream(name)) {
      Files.copy(java.util.Objects.requireNonNull(in), copy);
    }
    String libraries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> entry.toString().endsWith(".jar"))
            .filter(entry -> !entry.getFileName().toString().startsWith("mea-defender"))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Path inputFile = directory.resolve("input.bin");
    Path outputFile = directory.resolve("output.bin");
    Nd4j.saveBinary(input, inputFile.toFile());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                loader + File.pathSeparator + libraries,
                "org.meadefender.release.LoadsReleasedModel",
                kind,
                zip.toString(),
                inputFile.toString(),
                outputFile.toString())
            .redirectErrorStream(true)
            .start();
    String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(log).isZero();
    return Nd4j.readBinary(outputFile.toFile());
  }

  @Test
  void aPlainJvmAnswersBitForBitTheSame() throws Exception {
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutional(7));
    Path zip = release(model);
    INDArray input = IMAGES.features(0, 20);
    // A plain JVM runs on the stock path.
    Acceleration.disable(model.network());
    assertThat(answersOfAPlainJvm("layers", zip, input)).isEqualTo(model.network().output(input));
  }

  @Test
  void aPlainJvmAnswersForAGraphToo() throws Exception {
    ProtectedModel<ComputationGraph> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutionalGraph(7));
    Path zip = release(model);
    INDArray input = IMAGES.features(0, 20);
    Acceleration.disable(model.network());
    assertThat(answersOfAPlainJvm("graph", zip, input))
        .isEqualTo(model.network().outputSingle(input));
  }

  private static String content(Path zip) throws IOException {
    StringBuilder all = new StringBuilder();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        file.getInputStream(entry).transferTo(bytes);
        all.append(entry.getName()).append(bytes.toString(StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  /** All but the coefficients is what an unprotected training of the same network writes. */
  @Test
  void noByteTellsOfAWatermark() throws Exception {
    Path zip = release(ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutional(7)));
    MultiLayerNetwork plain = new MultiLayerNetwork(SmallNetworks.convolutional(7));
    plain.init();
    plain.fit(IMAGES.shuffledIterator(32, 3));
    Path plainZip = directory.resolve("plain.zip");
    org.deeplearning4j.util.ModelSerializer.writeModel(plain, plainZip.toFile(), false);

    try (ZipFile ours = new ZipFile(zip.toFile());
        ZipFile theirs = new ZipFile(plainZip.toFile())) {
      assertThat(ours.stream().map(ZipEntry::getName).toList())
          .isEqualTo(theirs.stream().map(ZipEntry::getName).toList());
      for (ZipEntry entry : ours.stream().filter(e -> !e.getName().contains("coeff")).toList()) {
        assertThat(ours.getInputStream(entry).readAllBytes())
            .as(entry.getName())
            .isEqualTo(theirs.getInputStream(theirs.getEntry(entry.getName())).readAllBytes());
      }
    }
    assertThat(content(zip).toLowerCase(Locale.ROOT))
        .doesNotContain("meadefender", "watermark", "protected");
  }

  @Test
  void replacesAnOlderFileAndLeavesNothingElseBehind() throws IOException {
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutional(7));
    Path zip = directory.resolve("model.zip");
    Files.writeString(zip, "old");
    model.release(zip);
    assertThat(MultiLayerNetwork.load(zip.toFile(), false).params())
        .isEqualTo(model.network().params());
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left)
          .hasSize(2)
          .contains(zip)
          .filteredOn(each -> each.toString().endsWith(".registration.json"))
          .hasSize(1);
    }
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> model.release(directory.resolve("missing/model.zip")))
        .withMessageContaining("missing");
  }

  @Test
  void aNetworkThatIsJustBeingTrainedIsWrittenWithoutATraceToo() throws IOException {
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(SPEC, KEY, SmallNetworks.convolutional(7));
    Path zip = directory.resolve("model.zip");
    TrainingOptions options =
        TrainingOptions.epochs(1).withProgress(progress -> model.release(zip));
    model.fit(IMAGES.shuffledIterator(32, 3), options);
    assertThat(content(zip).toLowerCase(Locale.ROOT))
        .doesNotContain("meadefender", "watermark", "protected");
  }
}
