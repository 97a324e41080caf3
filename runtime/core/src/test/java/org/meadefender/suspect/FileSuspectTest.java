package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.AbstractMultiDataSetNormalizer;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerHybrid;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;

/** Files with a normalizer: samples go through it, unless that is wrong. */
class FileSuspectTest {
  @TempDir Path directory;

  private MultiLayerNetwork network = new MultiLayerNetwork(images());
  private Path file = Path.of("");

  @BeforeEach
  void save() throws IOException {
    network = new MultiLayerNetwork(images());
    network.init();
    file = directory.resolve("model.zip");
    ModelSerializer.writeModel(network, file.toFile(), false);
  }

  private static MultiLayerConfiguration images() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .list()
        .layer(new ConvolutionLayer.Builder(2, 2).nOut(3).activation(Activation.TANH).build())
        .layer(new OutputLayer.Builder().nOut(4).activation(Activation.SOFTMAX).build())
        .setInputType(InputType.convolutional(3, 3, 2))
        .build();
  }

  private static INDArray samples() {
    INDArray values = Nd4j.linspace(1, 255, 6 * 2 * 3 * 3).castTo(DataType.FLOAT);
    return values.reshape(6, 2, 3, 3);
  }

  private static DataSet data() {
    return new DataSet(samples(), Nd4j.eye(6).castTo(DataType.FLOAT));
  }

  static Stream<DataNormalization> single() {
    NormalizerStandardize withLabels = new NormalizerStandardize();
    withLabels.fitLabel(true);
    return Stream.of(
        new NormalizerStandardize(),
        withLabels,
        new NormalizerMinMaxScaler(-1, 2),
        new ImagePreProcessingScaler(-1, 1, 8));
  }

  @ParameterizedTest
  @MethodSource("single")
  void samplesGoThroughTheNormalizer(DataNormalization normalizer) {
    normalizer.fit(data());
    ModelSerializer.addNormalizerToModel(file.toFile(), normalizer);
    DataSet normalised = data();
    normalizer.transform(normalised.getFeatures());
    INDArray given = samples();
    SuspectModel suspect = SuspectModel.load(file);
    assertThat(suspect.predict(given)).isEqualTo(network.output(normalised.getFeatures()));
    assertThat(given).isEqualTo(samples());
    assertThat(suspect.notes())
        .containsExactly("asked through the normalizer in its file (" + normalizer.getType() + ")");
    assertThat(suspect.identity()).startsWith("sha256:");
    assertThat(suspect.notes().toString()).contains("asked through");
    assertThat(suspect.predict(samples().castTo(DataType.UINT8)))
        .isNotEqualTo(network.output(samples()));
  }

  static Stream<AbstractMultiDataSetNormalizer<?>> several() {
    return Stream.of(new MultiNormalizerStandardize(), new MultiNormalizerMinMaxScaler(0, 1));
  }

  @ParameterizedTest
  @MethodSource("several")
  void soTheyDoThroughOneForSeveralInputs(AbstractMultiDataSetNormalizer<?> normalizer) {
    normalizer.fit(data().toMultiDataSet());
    ModelSerializer.addNormalizerToModel(file.toFile(), (Normalizer<?>) normalizer);
    var normalised = data().toMultiDataSet();
    normalizer.transform(normalised);
    assertThat(SuspectModel.load(file).predict(samples()))
        .isEqualTo(network.output(normalised.getFeatures(0)));
  }

  @Test
  void aVerificationMayFindThatSamplesAreNormalisedAlready() {
    NormalizerStandardize normalizer = new NormalizerStandardize();
    normalizer.fit(data());
    ModelSerializer.addNormalizerToModel(file.toFile(), normalizer);
    SuspectModel suspect = SuspectModel.load(file);
    INDArray plain = network.output(samples());
    SuspectModel asTheyAre =
        suspect.settled(way -> way.predict(samples()).equals(plain) ? 0.9 : 0.8);
    assertThat(asTheyAre.predict(samples())).isEqualTo(plain);
    assertThat(asTheyAre.notes().get(0)).contains("STANDARDIZE").contains("is not used: clean");
    assertThat(asTheyAre.identity()).isEqualTo(suspect.identity());
    assertThat(suspect.settled(way -> 0.5)).isSameAs(suspect);
    // Through a format, a counter and the like, too.
    SuspectModel wrapped = suspect.withFormat(InputFormat.SAME.withScaling(1, 0));
    assertThat(wrapped.notes()).isEqualTo(suspect.notes());
    assertThat(
            wrapped
                .settled(way -> way.predict(samples()).equals(plain) ? 0.9 : 0.8)
                .predict(samples()))
        .isEqualTo(plain);
  }

  private void put(String entry, byte[] bytes) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file, Map.of())) {
      Files.write(zip.getPath(entry), bytes);
    }
  }

  private void assertIsNotUsed(String reason) {
    SuspectModel suspect = SuspectModel.load(file);
    assertThat(suspect.predict(samples())).isEqualTo(network.output(samples()));
    assertThat(suspect.notes().get(0)).contains("is not used, ").contains(reason);
    assertThat(suspect.settled(way -> 1)).isSameAs(suspect);
  }

  private static byte[] head(String kind) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF("NORMALIZER");
    out.writeInt(1);
    out.writeUTF(kind);
    return bytes.toByteArray();
  }

  @Test
  void whatWouldRunAStrangersClassIsNotUsedAndSaysSo() throws IOException {
    ByteArrayOutputStream custom = new ByteArrayOutputStream();
    custom.write(head("CUSTOM"));
    new DataOutputStream(custom).writeUTF("org.example.Trap");
    put(ModelSerializer.NORMALIZER_BIN, custom.toByteArray());
    assertIsNotUsed("its kind is not supported: it may hold a stranger's classes");
  }

  @Test
  void aSerializedPreprocessorIsNotReadAndSaysSo() throws IOException {
    put(ModelSerializer.PREPROCESSOR_BIN, "anything".getBytes(StandardCharsets.UTF_8));
    assertIsNotUsed("it is Java-serialized");
  }

  @Test
  void oneThatIsDamagedOrForOtherInputsIsNotUsedAndSaysSo() throws IOException {
    put(ModelSerializer.NORMALIZER_BIN, "anything".getBytes(StandardCharsets.UTF_8));
    assertIsNotUsed("it is ");
    put(ModelSerializer.NORMALIZER_BIN, head("STANDARDIZE"));
    assertIsNotUsed("it is damaged");
    NormalizerStandardize whole = new NormalizerStandardize();
    whole.fit(data());
    ModelSerializer.addNormalizerToModel(file.toFile(), whole);
    byte[] bytes;
    try (FileSystem zip = FileSystems.newFileSystem(file, Map.of())) {
      bytes = Files.readAllBytes(zip.getPath(ModelSerializer.NORMALIZER_BIN));
    }
    put(ModelSerializer.NORMALIZER_BIN, java.util.Arrays.copyOf(bytes, bytes.length - 3));
    assertIsNotUsed("it is damaged");
    MultiNormalizerHybrid hybrid = new MultiNormalizerHybrid().standardizeAllInputs();
    hybrid.fit(data().toMultiDataSet());
    ModelSerializer.addNormalizerToModel(file.toFile(), hybrid);
    assertIsNotUsed("its kind is not supported");
  }

  @Test
  void onesThatAreTooLargeAreRefused() throws IOException {
    put(ModelSerializer.NORMALIZER_BIN, new byte[17 << 20]);
    assertThatThrownBy(() -> SuspectModel.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("normalizer.bin unpacks to more than 16777216 bytes");
  }
}
