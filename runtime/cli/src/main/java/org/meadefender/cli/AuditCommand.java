package org.meadefender.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.meadefender.audit.Attacks;
import org.meadefender.audit.AuditEntry;
import org.meadefender.audit.AuditPlan;
import org.meadefender.audit.AuditResult;
import org.meadefender.audit.AuditStore;
import org.meadefender.audit.ModelFigures;
import org.meadefender.audit.Preset;
import org.meadefender.audit.RobustnessAudit;
import org.meadefender.data.ImageSet;
import org.meadefender.internal.BoundedFile;
import org.meadefender.release.Registration;
import org.meadefender.report.AuditPage;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Attacks the owner's model before a thief does. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    sortOptions = false,
    description = {
      "Attacks a protected model before a thief does, and measures what is left of its mark.",
      "A run that was stopped goes on where it was. Exits with 6 if an attack left a useful model"
          + " that is not Owned any more."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mea-defender audit model.zip --key owner.key --registration registration.json"
          + " --thief-data public-images --data fashion-mnist --preset standard --out audit"
    })
final class AuditCommand implements Callable<Integer> {
  private static final int BATCH = 256;

  @Spec private CommandSpec spec;

  @NamedFile(FileUse.READ)
  @Parameters(paramLabel = "MODEL", description = "The protected model, a Deeplearning4j zip.")
  private Path model;

  @Mixin private KeyOptions key;

  @NamedFile(FileUse.READ)
  @Option(
      names = "--registration",
      paramLabel = "FILE",
      required = true,
      description = "The registration file; it names the marks.")
  private Path registration;

  @Option(
      names = "--mark",
      paramLabel = "N",
      description = "Which of the registered marks is attacked, from 1; default 1.")
  private int mark = 1;

  @NamedFile(FileUse.READ)
  @Option(
      names = "--thief-data",
      paramLabel = "DIR",
      required = true,
      description = "Images that the thief holds and the model was not trained on, as --data.")
  private Path thiefData;

  @Mixin private HeldOutOptions images;

  @NamedFile(FileUse.READ)
  @Option(
      names = "--unmarked",
      paramLabel = "MODEL",
      description = "A model of the task without the mark, attacked for comparison.")
  private @Nullable Path unmarked;

  @Option(
      names = "--preset",
      paramLabel = "PRESET",
      description = "${COMPLETION-CANDIDATES}: minutes, an hour, or days; default QUICK.")
  private Preset preset = Preset.QUICK;

  @Option(
      names = "--attack",
      paramLabel = "ID",
      description = {
        "One more attack, a built-in one or one of your own on the class path; may be repeated.",
        "audit.json names the attacks by their ids."
      })
  private List<String> attacks = List.of();

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the attacks; default 1.")
  private long seed = 1;

  @NamedFile(FileUse.AUDIT)
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "For audit.json, audit.html and the stolen copies; default audit.")
  private Path out = Path.of("audit");

  @Option(names = "--json", description = "Prints audit.json.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    OwnerKey owner = key.load();
    Registration registered = Registration.load(registration);
    registered.requireKey(owner);
    AuditPlan plan = plan();
    ImageSet heldOut = images.read();
    TerminalProgress progress = TerminalProgress.on(spec.commandLine().getErr());
    RobustnessAudit audit =
        RobustnessAudit.of(
                mark(registered),
                owner,
                SuspectModel.loadNetwork(model),
                images.readAs(thiefData).iterator(BATCH),
                heldOut.iterator(BATCH))
            .withPlan(plan)
            .withSeed(seed)
            .withListener(progress);
    if (unmarked != null) {
      audit = audit.withUnmarked(SuspectModel.loadNetwork(unmarked));
    }
    Files.createDirectories(out);
    AuditResult result = audit.run(out);
    progress.end();
    AuditPage.write(result, out.resolve("audit.html"));
    PrintWriter printer = spec.commandLine().getOut();
    if (json) {
      printer.println(BoundedFile.text(out.resolve(AuditStore.FILE), Integer.MAX_VALUE));
    } else {
      printer.print(table(result.entries()));
      printer.println("Results: " + out.toAbsolutePath().normalize());
    }
    return result.entries().stream().anyMatch(AuditEntry::lost)
        ? ExitCode.CHECK_FAILED
        : ExitCode.OWNED;
  }

  private WatermarkSpec mark(Registration registered) {
    if (mark < 1 || mark > registered.marks().size()) {
      throw new IllegalArgumentException(
          "--mark is " + mark + "; it must be from 1 to " + registered.marks().size());
    }
    return registered.marks().get(mark - 1);
  }

  private AuditPlan plan() {
    AuditPlan plan = preset.plan();
    for (String id : attacks) {
      plan = plan.with(Attacks.named(id));
    }
    return plan;
  }

  private static String table(List<AuditEntry> entries) {
    StringBuilder table = new StringBuilder();
    for (AuditEntry entry : entries) {
      String model = entry.subject() == AuditEntry.Subject.PROTECTED ? "" : " (unmarked)";
      String figures = entry.model() == null ? "" : figures(Objects.requireNonNull(entry.model()));
      table.append(
          String.format(
              Locale.ROOT, "%-44s %s%s%n", entry.title() + model, entry.outcome().text(), figures));
    }
    return table.toString();
  }

  private static String figures(ModelFigures model) {
    return String.format(
        Locale.ROOT,
        ", WSR %.1f %%, accuracy %.1f %%",
        100 * model.successRate(),
        100 * model.accuracy());
  }
}
