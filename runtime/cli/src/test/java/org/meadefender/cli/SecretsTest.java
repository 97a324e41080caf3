package org.meadefender.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.combine.Watermark;
import org.meadefender.release.Registration;
import org.meadefender.release.SigningKey;
import org.meadefender.report.VerdictPage;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.ProtectedModel;
import org.meadefender.verify.Evidence;
import org.meadefender.verify.FlatWorld;
import org.meadefender.verify.Transcript;
import org.meadefender.verify.VerificationOptions;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.slf4j.LoggerFactory;

/** Nothing of the owner's key is in anything that a run leaves or says. */
class SecretsTest {
  private static final FlatWorld WORLD = new FlatWorld(10);

  /** Bytes in a row that count as a part of the key; chance does not repeat so many. */
  private static final int PART = 6;

  @TempDir Path directory;

  private final OwnerKey key = OwnerKey.generate();
  private final StringBuilder said = new StringBuilder();

  @Test
  void keyStaysInItsFile() throws IOException {
    Path keyFile = directory.resolve("owner.key");
    key.save(keyFile);
    byte[] secret = HexFormat.of().parseHex(Files.readString(keyFile).strip());
    String logs = captured(() -> ownersRun(keyFile));
    said.append(logs);
    assertThat(logs).as("logs are captured").contains("Nothing of the key");
    assertKeepsSecret(
        "output, exceptions and logs", said.toString().getBytes(StandardCharsets.UTF_8), secret);
    int files = 0;
    try (Stream<Path> left = Files.walk(directory)) {
      for (Path file : left.filter(Files::isRegularFile).toList()) {
        if (!file.equals(keyFile)) {
          assertKeepsSecret(file.toString(), Files.readAllBytes(file), secret);
          files++;
        }
      }
    }
    assertThat(files)
        .as("model, its registration, registration, evidence, page, transcript")
        .isEqualTo(6);
    for (byte[] entry : unpacked(directory.resolve("model.zip"))) {
      assertKeepsSecret("entry of model.zip", entry, secret);
    }
  }

  /** The search itself finds a key in every one of these forms. */
  @Test
  void searchFindsKeys() {
    byte[] secret = HexFormat.of().parseHex("00112233445566778899aabbccddeeff".repeat(2));
    String hex = HexFormat.of().formatHex(secret);
    for (String leak :
        List.of(
            hex,
            hex.substring(20, 40).toUpperCase(Locale.ROOT),
            Base64.getEncoder().encodeToString(secret),
            "x" + Base64.getEncoder().encodeToString(Arrays.copyOfRange(secret, 5, 30)),
            Arrays.toString(secret),
            new String(secret, StandardCharsets.ISO_8859_1))) {
      assertThat(leaks(("a" + leak).getBytes(StandardCharsets.ISO_8859_1), secret))
          .as(leak)
          .isTrue();
    }
    assertThat(leaks(hex.substring(0, 2 * PART - 1).getBytes(StandardCharsets.UTF_8), secret))
        .isFalse();
  }

  /** Trains, releases, registers, verifies, and does some things wrong. */
  private void ownersRun(Path keyFile) throws IOException {
    LoggerFactory.getLogger(SecretsTest.class).warn("Nothing of the key: {}", key);
    WatermarkSpec spec = WatermarkSpec.of(2, 7, 0.1);
    ProtectedModel<MultiLayerNetwork> owner =
        ProtectedModel.create(
            List.of(spec),
            key,
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-2))
                .list()
                .layer(new DenseLayer.Builder().nOut(32).activation(Activation.RELU).build())
                .layer(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutional(FlatWorld.SIDE, FlatWorld.SIDE, 1))
                .build());
    said.append(owner.fit(WORLD.heldOut(60), 3)).append(owner.specs()).append(key);
    Path model = directory.resolve("model.zip");
    owner.release(model);
    byte[] registration =
        Registration.of(List.of(spec), 10, key, model, Instant.now())
            .sign(SigningKey.of(key))
            .toBytes();
    Path registrationFile = Files.write(directory.resolve("registration.json"), registration);
    Evidence evidence =
        Evidence.gather(
            registration,
            key,
            SigningKey.of(key),
            SuspectModel.load(model),
            WORLD.heldOut(60),
            VerificationOptions.DEFAULT.withRows(100),
            Transcript.resume(directory.resolve("transcript.jsonl")));
    Files.write(directory.resolve("evidence.json"), evidence.toBytes());
    VerdictPage.write(evidence.verdict(), directory.resolve("verdict.html"));
    said.append(evidence.verdict())
        .append(evidence.verdict().toJson())
        .append(SigningKey.of(key))
        .append(Watermark.derive(spec, key, 10));

    goesWrong(() -> Registration.parse(registration).requireKey(OwnerKey.insecureFromSeed(1)));
    goesWrong(() -> Watermark.derive(spec, key, 5));
    goesWrong(() -> key.save(keyFile));
    Path almost =
        Files.writeString(keyFile.resolveSibling("almost"), Files.readString(keyFile) + "0");
    Files.setPosixFilePermissions(almost, PosixFilePermissions.fromString("rw-------"));
    goesWrong(() -> OwnerKey.load(almost));
    Files.delete(almost);
    StringWriter output = new StringWriter();
    RootCommand.commandLine()
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(output, true))
        .execute(
            "verify",
            model.toString(),
            "--key=" + keyFile,
            "--registration=" + registrationFile,
            "--data=" + directory.resolve("none"));
    said.append(output);
  }

  private void goesWrong(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isNotNull();
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    said.append(trace);
  }

  /** What a task writes to the standard streams, logs among it. */
  private static String captured(ThrowingCallable task) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(stream);
      System.setErr(stream);
      assertThatCode(task).doesNotThrowAnyException();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static List<byte[]> unpacked(Path zip) throws IOException {
    List<byte[]> entries = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.add(in.readAllBytes());
      }
    }
    return entries;
  }

  private static void assertKeepsSecret(String what, byte[] content, byte[] secret) {
    assertThat(leaks(content, secret)).as("%s holds a part of the key", what).isFalse();
  }

  /** Whether a part of the secret is in there: raw, in hexadecimal, Base64 or decimal. */
  private static boolean leaks(byte[] content, byte[] secret) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    String lower = text.toLowerCase(Locale.ROOT);
    for (int from = 0; from + PART <= secret.length; from++) {
      byte[] part = Arrays.copyOfRange(secret, from, from + PART);
      String decimal = Arrays.toString(part);
      if (text.contains(new String(part, StandardCharsets.ISO_8859_1))
          || lower.contains(HexFormat.of().formatHex(part))
          || text.contains(Base64.getEncoder().encodeToString(part))
          || text.contains(Base64.getUrlEncoder().encodeToString(part))
          || text.contains(decimal.substring(1, decimal.length() - 1))) {
        return true;
      }
    }
    return false;
  }
}
