package org.meadefender.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.meadefender.cli.Run.assertMisuse;
import static org.meadefender.cli.Run.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.internal.Json;
import org.meadefender.release.Registration;
import org.meadefender.spec.OwnerKey;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;

/** All of the owner's job by commands alone, on images that the project draws. */
class OwnersJobTest {
  private static final TrainTest IMAGES = ImageSets.drawn(100, 250, 1);

  @TempDir static Path shared;
  @TempDir Path directory;

  private static Path data = Path.of("");
  private static Path key = Path.of("");
  private static Path quick = Path.of("");

  @BeforeAll
  static void prepare() throws IOException {
    data = shared.resolve("images");
    ImageSets.save(IMAGES, data);
    key = shared.resolve("owner.key");
    OwnerKey.insecureFromSeed(1).save(key);
    quick =
        Files.writeString(
            shared.resolve("quick.json"),
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam(1e-3))
                .list()
                .layer(new DenseLayer.Builder().nOut(16).activation(Activation.RELU).build())
                .layer(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build()
                .toJson());
  }

  @Test
  void aKeyIsDrawn() {
    Path drawn = directory.resolve("new.key");
    Run run = run("keygen", "--out", drawn);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains(OwnerKey.load(drawn).fingerprint());
    assertMisuse(run("keygen", "--out", drawn), "is never overwritten");
  }

  private static Run train(Object network, Path out, int epochs, Object... more) {
    List<Object> args = new ArrayList<>(List.of("train", network, "--key", key, "--data", data));
    args.addAll(List.of("--source-a", 0, "--source-b", 1, "--target", 2, "--ratio", 0.2));
    args.addAll(List.of("--epochs", epochs, "--batch", 50, "--out", out));
    args.addAll(List.of(more));
    return run(args.toArray());
  }

  @Test
  void fromKeyToVerdict() throws IOException {
    Path trained = directory.resolve("trained.zip");
    Run training = train("small", trained, 6);
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.err()).contains("epoch 1/6", "epoch 6/6", "samples/s", "accuracy");
    assertThat(training.out()).contains("Wrote " + trained, "accuracy", "WSR");

    Path model = directory.resolve("model.zip");
    Run release = run("release", trained, "--key", key, "--out", model);
    assertThat(release.code()).as(release.err()).isZero();
    assertThat(entries(model)).doesNotContain("mea-defender.json");
    assertThat(entries(trained)).contains("mea-defender.json");
    MultiLayerNetwork.load(model.toFile(), false);

    Path registration = directory.resolve("registration.json");
    Run register =
        run("register", model, "--key", key, "--trained", trained, "--out", registration);
    assertThat(register.code()).as(register.err()).isZero();
    Registration registered = Registration.load(registration);
    assertThat(registered.marks().get(0).sourceB()).isEqualTo(1);
    assertThat(registered.classes()).isEqualTo(10);

    Run verdict =
        run(
            "verify",
            model,
            "--key",
            key,
            "--registration",
            registration,
            "--data",
            data,
            "--rows",
            1000,
            "--json");
    JsonNode json = Json.parse(verdict.out().getBytes(StandardCharsets.UTF_8), verdict.err());
    assertThat(json.get("watermarkSuccessRate").asDouble()).isGreaterThan(0.9);
    assertThat(json.get("commitment").asText()).isEqualTo(registered.commitment());
    // So few samples show the mark, and may not suffice for a verdict.
    assertThat(verdict.code()).as(verdict.out()).isEqualTo(ExitCode.OWNED);
    Run inspected = run("inspect", model, "--registration", registration);
    assertThat(inspected.out()).contains("registered: ");
  }

  private static Set<String> entries(Path zip) throws IOException {
    Set<String> names = new TreeSet<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      file.stream().forEach(entry -> names.add(entry.getName()));
    }
    return names;
  }

  @Test
  void aStoppedTrainingGoesOn() {
    Path checkpoint = directory.resolve("checkpoints");
    Path whole = directory.resolve("whole.zip");
    assertThat(train(quick, whole, 2).code()).isZero();
    Path first = directory.resolve("first.zip");
    assertThat(train(quick, first, 2, "--checkpoint", checkpoint).code()).isZero();
    Path again = directory.resolve("again.zip");
    Run resumed = train(quick, again, 2, "--checkpoint", checkpoint);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("it was trained to its end before");
    var parameters = SuspectModel.loadNetwork(whole).params();
    assertThat(SuspectModel.loadNetwork(first).params()).isEqualTo(parameters);
    assertThat(SuspectModel.loadNetwork(again).params()).isEqualTo(parameters);
    assertMisuse(
        train(quick, directory.resolve("other.zip"), 3, "--checkpoint", checkpoint),
        "is of another training; it differs in epochs");
    assertMisuse(
        train(quick, directory.resolve("other.zip"), 3, "--checkpoint", data),
        "--checkpoint " + data + " is read by --data");
  }

  @Test
  void networksComeFromConfigurationsAndSavedNetworks() throws IOException {
    Path first = directory.resolve("first.zip");
    Run configured = train(quick, first, 1);
    assertThat(configured.code()).as(configured.err()).isZero();
    Path second = directory.resolve("second.zip");
    Run tuned = train(first, second, 1);
    assertThat(tuned.code()).as(tuned.err()).isZero();
    assertThat(SuspectModel.loadNetwork(second).numParams())
        .isEqualTo(SuspectModel.loadNetwork(first).numParams());

    ComputationGraph graph =
        ((MultiLayerNetwork) SuspectModel.loadNetwork(first)).toComputationGraph();
    Path graphJson =
        Files.writeString(directory.resolve("g.json"), graph.getConfiguration().toJson());
    assertThat(NetworkSource.read(graphJson.toString(), IMAGES.test(), 9))
        .isInstanceOf(ComputationGraph.class);
  }

  @Test
  void networksComeFromTheZoo() throws IOException {
    Model network = NetworkSource.read("LeNet", IMAGES.test(), 3);
    network.init();
    assertThat(SuspectModel.of(network).predict(IMAGES.test().features(0, 2)).shape())
        .containsExactly(2, 10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkSource.read("TextGenerationLSTM", IMAGES.test(), 3))
        .withMessageContaining("TextGenerationLSTM");
  }

  @Test
  void whatCannotBeTrainedIsNamed() throws IOException {
    Path out = directory.resolve("out.zip");
    assertMisuse(
        train("NoSuchNet", out, 1), "NoSuchNet is no file, not small, and no model of", "zoo");
    Path json = Files.writeString(directory.resolve("broken.json"), "{\"confs\": 3}");
    assertMisuse(train(json, out, 1), "broken.json holds no configuration of Deeplearning4j");
    assertMisuse(train("small", out, 1, "--seed", 0), "--seed is 0");
    assertMisuse(train(quick, out, 0), "epochs is 0; it must be at least 1");
    assertMisuse(run("release", key, "--key", key, "--out", out), "owner.key");
    assertThat(out).doesNotExist();
    assertThat(train(quick, out, 1).code()).isZero();
    Path other = directory.resolve("other.key");
    run("keygen", "--out", other);
    assertMisuse(
        run("release", out, "--key", other, "--out", directory.resolve("m.zip")),
        "was trained with the key " + OwnerKey.load(key).fingerprint());
    Path model = directory.resolve("model.zip");
    assertThat(run("release", out, "--key", key, "--out", model).code()).isZero();
    assertMisuse(
        run("release", model, "--key", key, "--out", directory.resolve("m.zip")),
        "is no file that train wrote");
    assertMisuse(
        run(
            "register",
            model,
            "--key",
            key,
            "--trained",
            out,
            "--classes",
            9,
            "--out",
            directory.resolve("r.json")),
        "--classes is 9, but");
    assertMisuse(
        run(
            "register",
            model,
            "--key",
            key,
            "--source-a",
            0,
            "--source-b",
            1,
            "--out",
            directory.resolve("r.json")),
        "--classes is missing");
  }
}
