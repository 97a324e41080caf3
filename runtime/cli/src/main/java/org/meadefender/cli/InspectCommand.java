package org.meadefender.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.data.ImageSets;
import org.meadefender.internal.Digests;
import org.meadefender.internal.Json;
import org.meadefender.release.Envelope;
import org.meadefender.release.Registration;
import org.meadefender.release.RejectedException;
import org.meadefender.release.TimeStamp;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.Evidence;
import org.meadefender.verify.VerificationOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a registration, evidence or a model file says, and checks it. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    sortOptions = false,
    description = {
      "Shows what a registration, evidence or a model says, and checks it.",
      "Signatures are checked always. With --key and --data, all rows of evidence are derived"
          + " again and every figure is compared. Exits with 6 if a check fails."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mea-defender inspect registration.json",
      "  mea-defender inspect evidence.json --key owner.key --data fashion-mnist",
      "  mea-defender inspect model.zip --registration registration.json"
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @NamedFile(FileUse.READ)
  @Parameters(
      paramLabel = "FILE",
      description = "A registration or evidence (JSON), or a model file.")
  private Path file;

  @ArgGroup(exclusive = false)
  private @Nullable Check check;

  /** What evidence is derived from. */
  static final class Check {
    @ArgGroup(exclusive = true, multiplicity = "1")
    private KeyOptions.Source key = new KeyOptions.Source();

    @NamedFile(FileUse.READ)
    @Option(
        names = "--data",
        paramLabel = "DIR",
        required = true,
        description = "The held-out images that the evidence was gathered with.")
    private @Nullable Path data;

    @Option(names = "--channels", paramLabel = "N", description = "As they were given to verify.")
    private int channels;
  }

  @NamedFile(FileUse.READ)
  @Option(
      names = "--registration",
      paramLabel = "FILE",
      description = "Checks whether the model file is the registered one.")
  private @Nullable Path registration;

  @NamedFile(FileUse.READ)
  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description =
          "Certificates (PEM or DER) of time-stamping authorities that you trust; without any, a"
              + " time stamp is its maker's claim.")
  private @Nullable Path trust;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(file + " is not a file; check its name");
    }
    boolean isJson = isJson();
    refuse(isJson && registration != null, "--registration goes with a model file");
    refuse(!isJson && trust != null, "--trust goes with a registration or evidence");
    refuse(!isJson && check != null, "--key and --data go with evidence");
    try {
      ObjectNode found = isJson ? statement(Evidence.read(file)) : model();
      spec.commandLine()
          .getOut()
          .println(json ? Json.pretty(found) : text(found, "").stripTrailing());
      return ExitCode.OWNED;
    } catch (RejectedException e) {
      spec.commandLine().getErr().println("inspect: " + file + " is rejected: " + e.getMessage());
      return ExitCode.CHECK_FAILED;
    }
  }

  private void refuse(boolean given, String reason) {
    if (given) {
      throw new IllegalArgumentException(reason + ", and " + file + " is none");
    }
  }

  private boolean isJson() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == '{';
    }
  }

  private ObjectNode statement(byte[] bytes) throws IOException {
    Envelope envelope = Envelope.parse(bytes);
    return switch (envelope.predicateType()) {
      case Registration.PREDICATE_TYPE -> registration(bytes, envelope);
      case Evidence.PREDICATE_TYPE -> evidence(bytes, envelope);
      default ->
          throw new RejectedException("it states a " + envelope.predicateType() + ", unknown here");
    };
  }

  private String timeStamp(Envelope registered) throws IOException {
    List<X509Certificate> trusted = trust == null ? List.of() : TimeStamp.anchors(trust);
    return TimeStamp.verifyIfPresent(registered, trusted).map(TimeStamp::toString).orElse("none");
  }

  private ObjectNode registration(byte[] bytes, Envelope envelope) throws IOException {
    refuse(check != null, "--key and --data go with evidence");
    Registration registration = Registration.parse(bytes);
    ObjectNode shown = Json.object();
    shown.put("kind", "registration");
    shown.put("commitment", registration.commitment());
    shown.setAll((ObjectNode) envelope.predicate());
    shown.put("signedBy", Digests.of(envelope.publicKey()));
    shown.put("timeStamp", timeStamp(envelope));
    return shown;
  }

  private ObjectNode evidence(byte[] bytes, Envelope envelope) throws IOException {
    ObjectNode shown = Json.object();
    shown.put("kind", "evidence");
    shown.put("suspect", envelope.subjectName());
    byte[] registered = Base64.getDecoder().decode(Json.text(envelope.predicate(), "registration"));
    shown.put("commitment", Registration.parse(registered).commitment());
    shown.put("timeStamp", timeStamp(Envelope.parse(registered)));
    shown.put("signedBy", Digests.of(envelope.publicKey()));
    if (check == null) {
      shown.put("derivedAgain", "no; give --key and --data");
      shown.set("claimed", Json.member(envelope.predicate(), "verdict"));
    } else {
      var heldOut =
          ImageSets.heldOut(java.util.Objects.requireNonNull(check.data), check.channels)
              .iterator(VerificationOptions.DEFAULT.batch());
      var verdict = Evidence.check(bytes, check.key.load(), heldOut);
      shown.put("derivedAgain", "yes");
      shown.set(
          "verdict", Json.parse(verdict.toJson().getBytes(StandardCharsets.UTF_8), "The verdict"));
    }
    return shown;
  }

  private ObjectNode model() throws IOException {
    ObjectNode shown = Json.object();
    String digest = Digests.of(file);
    shown.put("kind", "model");
    shown.put("sha256", digest);
    shown.put("bytes", Files.size(file));
    if (file.toString().endsWith(".zip")) {
      Model network = SuspectModel.loadNetwork(file);
      shown.put("network", network.getClass().getSimpleName());
      shown.put("parameters", network.numParams());
    }
    if (registration != null) {
      Registration registered = Registration.load(registration);
      if (!registered.modelDigest().equals(digest)) {
        throw new RejectedException(
            "its SHA-256 is " + digest + ", the registered model's " + registered.modelDigest());
      }
      shown.put("registered", registered.commitment());
    }
    return shown;
  }

  private static String text(JsonNode node, String indent) {
    StringBuilder text = new StringBuilder();
    node.properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              text.append(indent).append(entry.getKey()).append(": ");
              text.append(
                  value.isObject()
                      ? "\n" + text(value, indent + "  ")
                      : (value.isValueNode() ? value.asText() : value.toString()) + "\n");
            });
    return text.toString();
  }
}
