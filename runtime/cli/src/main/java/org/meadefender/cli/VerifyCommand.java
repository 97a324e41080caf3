package org.meadefender.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meadefender.data.ImageSet;
import org.meadefender.internal.WholeFile;
import org.meadefender.release.Registration;
import org.meadefender.release.SigningKey;
import org.meadefender.report.VerdictFacts;
import org.meadefender.spec.OwnerKey;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.Evidence;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.verify.Transcript;
import org.meadefender.verify.VerificationOptions;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tests a suspect for the owner's watermark. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    sortOptions = false,
    description = {
      "Tests a suspect for the owner's watermark.",
      "Exits with 0 if it is owned, 1 if not, 2 if that stays open, 5 if there are traces of the"
          + " mark that do not suffice; with 3 if an option or a file cannot be used."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mea-defender verify suspect.zip --key owner.key --registration registration.json"
          + " --data fashion-mnist --html verdict.html",
      "  mea-defender verify https://host/v2/models/digits --key-env OWNER_KEY --source-a 0"
          + " --source-b 1 --data images --header-env Authorization=TOKEN --transcript asked.jsonl",
      "  mea-defender verify suspect.h5 --key owner.key --registration registration.json"
          + " --data images --layout channels_last --evidence evidence.json --json",
      "  mea-defender verify https://host/predict --request '{\"image\": \"$png\"}' --answer"
          + " /result --key owner.key --registration registration.json --data images"
    })
final class VerifyCommand implements Callable<Integer> {
  /** Of one file of questions. */
  private static final int RECORDED_BYTES = 256 << 20;

  @Spec private CommandSpec spec;

  @Mixin private AskingOptions options;

  @Mixin private KeyOptions key;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Marks marks;

  /** Registered marks, or one that is described. */
  static final class Marks {
    @NamedFile(FileUse.READ)
    @Option(
        names = "--registration",
        paramLabel = "FILE",
        required = true,
        description = "The registration file; it names the marks.")
    private @Nullable Path registration;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable MarkOptions described;
  }

  @Mixin private HeldOutOptions images;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description =
          "Watermark rows per mark, default 1000; so few that no verdict can be reached are"
              + " refused with the least number.")
  private @Nullable Integer rows;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Rows per question; default 256, with --recorded 256 MiB of them.")
  private @Nullable Integer batch;

  @Option(
      names = "--alpha",
      paramLabel = "P",
      description = "Largest p-value with which a verdict says Owned; default 1e-6.")
  private @Nullable Double alpha;

  @Option(
      names = "--query-budget",
      paramLabel = "N",
      description = "Most rows that the suspect is asked; default no limit.")
  private @Nullable Integer queryBudget;

  @Option(
      names = "--reference",
      paramLabel = "MODEL",
      description =
          "An unrelated model for the same classes, which joins the reference panel; may be"
              + " repeated. Its own options stand behind it, in quotes: \"other.onnx --scale"
              + " 255\".")
  private List<String> referenceModels = List.of();

  @NamedFile(FileUse.TRANSCRIPT)
  @Option(
      names = "--transcript",
      paramLabel = "FILE",
      description = "Keeps the answers, so that a run that was cut off goes on.")
  private @Nullable Path transcript;

  @NamedFile(FileUse.EVIDENCE)
  @Option(
      names = "--evidence",
      paramLabel = "FILE",
      description = "Writes signed evidence; needs --registration.")
  private @Nullable Path evidence;

  @Mixin private PageOptions page;

  @Option(names = "--json", description = "Prints the verdict as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Transcript asked = transcript == null ? Transcript.create() : Transcript.resume(transcript);
    Found found = ask(asked);
    OwnershipVerdict verdict = found.verdict;
    PrintWriter printer = spec.commandLine().getOut();
    printer.println(json ? verdict.toJson() : verdict.toString());
    printer.flush();
    List<Throwable> faults = new ArrayList<>(asked.fault().stream().toList());
    try {
      found.write(evidence);
    } catch (IOException e) {
      faults.add(e);
    }
    try {
      page.write(verdict, found.facts, found.owner);
    } catch (UncheckedIOException e) {
      faults.add(e);
    }
    for (Throwable fault : faults) {
      spec.commandLine()
          .getErr()
          .println("verify: the verdict stands, but a file is missing: " + Messages.of(fault));
    }
    return faults.isEmpty() ? ExitCode.of(verdict) : ExitCode.MISUSE;
  }

  /**
   * What came out.
   *
   * @param gathered the evidence file; empty where none is asked for
   * @param facts for the page
   */
  private record Found(
      OwnershipVerdict verdict, Optional<Evidence> gathered, VerdictFacts facts, OwnerKey owner) {
    void write(@Nullable Path file) throws IOException {
      if (file != null && gathered.isPresent()) {
        byte[] bytes = gathered.get().toBytes();
        WholeFile.write(file, temporary -> Files.write(temporary, bytes));
      }
    }
  }

  private Found ask(Transcript asked) throws IOException {
    if (evidence != null && marks.registration == null) {
      throw new IllegalArgumentException(
          "--evidence " + evidence + " needs --registration FILE, which it is about");
    }
    OwnerKey owner = key.load();
    byte[] registration =
        marks.registration == null ? new byte[0] : Registration.readFile(marks.registration);
    OwnershipVerifier verifier =
        marks.registration == null
            ? OwnershipVerifier.of(List.of(Objects.requireNonNull(marks.described).spec()), owner)
            : OwnershipVerifier.of(Registration.parse(registration), owner);
    ImageSet heldOut = images.read();
    VerificationOptions how = how(heldOut);
    VerdictFacts facts = page.facts(registration, heldOut.classNames(), options.fileName());
    TerminalProgress progress = TerminalProgress.on(spec.commandLine().getErr());
    SuspectModel suspect = progress.watching(options.open(heldOut.classNames()));
    DataSetIterator samples = heldOut.iterator(batch(heldOut));
    try {
      if (evidence == null) {
        return new Found(
            verifier.withOptions(how).verify(asked.recording(suspect, how), samples),
            Optional.empty(),
            facts,
            owner);
      }
      Evidence gathered =
          Evidence.gather(registration, owner, SigningKey.of(owner), suspect, samples, how, asked);
      return new Found(gathered.verdict(), Optional.of(gathered), facts, owner);
    } finally {
      progress.end();
    }
  }

  /** Who asks elsewhere wants few files. */
  private int batch(ImageSet heldOut) {
    if (batch != null) {
      return batch;
    }
    int usual = VerificationOptions.DEFAULT.batch();
    return options.isRecorded()
        ? Math.max(usual, RECORDED_BYTES / Float.BYTES / heldOut.shape().length())
        : usual;
  }

  private VerificationOptions how(ImageSet heldOut) throws IOException {
    VerificationOptions usual = VerificationOptions.DEFAULT;
    VerificationOptions how =
        usual
            .withAlpha(Objects.requireNonNullElse(alpha, usual.alpha()))
            .withRows(Objects.requireNonNullElse(rows, usual.rows()))
            .withBatch(batch(heldOut))
            .withQueryBudget(Objects.requireNonNullElse(queryBudget, usual.queryBudget()));
    for (String reference : referenceModels) {
      how = how.withReferenceModel(SuppliedReference.open(reference, heldOut.classNames()));
    }
    return how;
  }
}
