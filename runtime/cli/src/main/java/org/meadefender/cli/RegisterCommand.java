package org.meadefender.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSets;
import org.meadefender.internal.Digests;
import org.meadefender.internal.WholeFile;
import org.meadefender.release.Envelope;
import org.meadefender.release.Registration;
import org.meadefender.release.SigningKey;
import org.meadefender.release.TimeStamp;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.verify.VerificationOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commits to the marks of a model before it is released. */
@Command(
    name = "register",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    sortOptions = false,
    description = {
      "Commits to the marks of a model before it is released.",
      "The file shows neither the key nor what is derived from it. Deposit it with somebody, or"
          + " have it time-stamped: only then does it show that the marks came first."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mea-defender register model.zip --key owner.key --trained trained.zip",
      "  mea-defender register model.zip --key owner.key --classes 10 --source-a 0 --source-b 1"
          + " --held-out images --time-stamp http://timestamp.example.com"
    })
final class RegisterCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @NamedFile(FileUse.READ)
  @Parameters(paramLabel = "MODEL", description = "The file that is released.")
  private Path model;

  @Mixin private KeyOptions key;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Number of classes of the model, at least 3; not needed with --trained.")
  private int classes;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Marks marks;

  /** What a training wrote, or marks that are described. */
  static final class Marks {
    @NamedFile(FileUse.READ)
    @Option(
        names = "--trained",
        paramLabel = "FILE",
        required = true,
        description = "What train wrote, which says the marks.")
    private @Nullable Path trained;

    @ArgGroup(exclusive = false, multiplicity = "1..*")
    private @Nullable List<MarkOptions> described;
  }

  @NamedFile(FileUse.READ)
  @Option(
      names = "--training-data",
      paramLabel = "PATH",
      description = "File or directory whose digest is registered too.")
  private @Nullable Path trainingData;

  @NamedFile(FileUse.READ)
  @Option(
      names = "--held-out",
      paramLabel = "DIR",
      description =
          "The held-out images that verifications will use: their digest is registered, and what"
              + " reference networks without a mark, trained on them, answer. A mark that these"
              + " show by nature is refused.")
  private @Nullable Path heldOut;

  @Option(
      names = "--time-stamp",
      paramLabel = "URL",
      description = "Time-stamping authority (RFC 3161) that stamps the signature.")
  private @Nullable URI authority;

  @NamedFile(FileUse.NEW)
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The registration file, which must not exist; default registration.json.")
  private Path out = Path.of("registration.json");

  @Override
  public Integer call() throws IOException, InterruptedException {
    OwnerKey owner = key.load();
    List<WatermarkSpec> specs = specs(owner);
    // Refuses marks that no model of so many classes can carry.
    Watermark.deriveAll(specs, owner, classes);
    Registration registration = Registration.of(specs, classes, owner, model, Instant.now());
    if (trainingData != null) {
      registration = registration.withDataDigest(Digests.of(trainingData));
    }
    if (heldOut != null) {
      registration =
          OwnershipVerifier.of(specs, owner)
              .prepare(ImageSets.heldOut(heldOut).iterator(VerificationOptions.DEFAULT.batch()))
              .refuseConfusable()
              .certify(registration);
    }
    Envelope envelope = registration.sign(SigningKey.of(owner));
    if (authority != null) {
      envelope = TimeStamp.stamp(envelope, authority);
    }
    byte[] bytes = envelope.toBytes();
    WholeFile.write(out, file -> Files.write(file, bytes));
    spec.commandLine()
        .getOut()
        .println("Registered in " + out + ", commitment " + registration.commitment());
    return ExitCode.OWNED;
  }

  private List<WatermarkSpec> specs(OwnerKey owner) throws IOException {
    if (marks.trained == null) {
      if (classes == 0) {
        throw new IllegalArgumentException("--classes is missing; give the model's, at least 3");
      }
      return java.util.Objects.requireNonNull(marks.described).stream()
          .map(MarkOptions::spec)
          .toList();
    }
    TrainedFile file = TrainedFile.read(marks.trained);
    file.requireKey(owner);
    if (classes != 0 && classes != file.classes()) {
      throw new IllegalArgumentException(
          "--classes is " + classes + ", but " + marks.trained + " has " + file.classes());
    }
    classes = file.classes();
    return file.marks();
  }
}
