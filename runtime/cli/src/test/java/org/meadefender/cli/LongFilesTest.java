package org.meadefender.cli;

import static org.meadefender.cli.Run.assertMisuse;
import static org.meadefender.cli.Run.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.data.ImageSets;
import org.meadefender.release.Registration;
import org.meadefender.release.SigningKey;
import org.meadefender.spec.WatermarkSpec;

/** Whatever file a user names, one that is too long is not read. */
class LongFilesTest {
  @TempDir static Path shared;
  @TempDir Path directory;

  private static Path key = Path.of("");
  private static Path data = Path.of("");
  private static Path model = Path.of("");
  private static Path registration = Path.of("");

  @BeforeAll
  static void prepare() throws IOException {
    CommandFiles files = CommandFiles.in(shared);
    key = files.key();
    data = files.data();
    model = files.model();
    registration =
        Files.write(
            shared.resolve("registration.json"),
            Registration.of(
                    List.of(WatermarkSpec.of(4, 5, 0.1)),
                    CommandFiles.CLASSES,
                    CommandFiles.KEY,
                    model,
                    Instant.now())
                .sign(SigningKey.of(CommandFiles.KEY))
                .toBytes());
  }

  private static Run verify(Object suspect, Object... more) {
    List<Object> args = new ArrayList<>(List.of("verify", suspect, "--key", key, "--data", data));
    args.addAll(List.of("--registration", registration));
    args.addAll(List.of(more));
    return run(args.toArray());
  }

  /** Three gigabytes that take no place on the disk. */
  private static Path huge(Path file) throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3L << 30);
      sparse.write('{');
    }
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Path huge(String name) throws IOException {
    return huge(directory.resolve(name));
  }

  @Test
  void registrationsEvidenceAndTranscripts() throws IOException {
    Path long1 = huge("registration.json");
    String words = "registration.json is longer than 1048576 bytes, the limit for such a file";
    assertMisuse(
        run("verify", model, "--key", key, "--data", data, "--registration", long1), words);
    assertMisuse(run("inspect", model, "--registration", long1), words);
    assertMisuse(run("inspect", huge("evidence.json")), "evidence.json is longer than");
    assertMisuse(run("inspect", registration, "--trust", huge("ca.pem")), "ca.pem is longer");
    assertMisuse(verify(model, "--transcript", huge("asked.jsonl")), "asked.jsonl is longer");
    assertMisuse(verify(model, "--evidence", huge("old.json")), "old.json is longer");
  }

  @Test
  void keysModelsAndText() throws IOException {
    Path owner = huge("owner.key");
    assertMisuse(
        run("verify", model, "--key", owner, "--data", data, "--registration", registration),
        "owner.key is longer than an owner's key can be");
    assertMisuse(verify(huge("model.onnx")), "model.onnx is longer");
    assertMisuse(verify(model, "--class-names", huge("names.txt")), "names.txt is longer");
    String address = "http://127.0.0.1:1/predict";
    assertMisuse(verify(address, "--request", huge("template.json")), "template.json is longer");
    Path network = huge("network.json");
    Path out = directory.resolve("out.zip");
    List<Object> train = new ArrayList<>(List.of("train", network, "--key", key));
    Path drawn = directory.resolve("drawn");
    ImageSets.save(ImageSets.drawn(1, 1, 1), drawn);
    train.addAll(List.of("--data", drawn, "--source-a", 0, "--source-b", 1, "--out", out));
    assertMisuse(run(train.toArray()), "network.json is longer");
  }

  @Test
  void imagesAndAnswers() throws IOException {
    Path images = Files.createDirectories(directory.resolve("images"));
    huge(Files.createDirectory(images.resolve("a")).resolve("image.png"));
    assertMisuse(
        run("verify", model, "--key", key, "--registration", registration, "--data", images),
        "image.png is longer");
    Path answers = Files.createDirectory(directory.resolve("answers"));
    huge(answers.resolve("questions-1.npy"));
    huge(answers.resolve("answers-1.npy"));
    List<Object> recorded = new ArrayList<>(List.of("verify", "--recorded", answers));
    recorded.addAll(List.of("--key", key, "--registration", registration, "--data", data));
    assertMisuse(run(recorded.toArray()), "questions-1.npy is longer");
  }
}
