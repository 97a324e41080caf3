package org.meadefender.samples.quickstart;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.audit.AuditEntry;
import org.meadefender.audit.AuditListener;
import org.meadefender.audit.AuditResult;
import org.meadefender.audit.ModelFigures;
import org.meadefender.audit.Preset;
import org.meadefender.audit.RobustnessAudit;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.data.LabelledSamples;
import org.meadefender.report.AuditPage;
import org.meadefender.spec.OwnerKey;
import org.meadefender.train.TrainingOptions;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Trains the quickstart's model and an unmarked one, and attacks both. */
public final class QuickstartAudit {
  private static final int BATCH = 128;

  /** Transfer learning goes to the project's drawn shapes, where they have the images' size. */
  private static final int OTHER_TASK_PER_CLASS = 500;

  private QuickstartAudit() {}

  /**
   * Runs with the quickstart's settings and the system property {@code preset}: quick, standard or
   * paper. A run that was stopped goes on where it was.
   *
   * @param args directory for {@code audit.json} and {@code audit.html}
   */
  public static void main(String[] args) {
    try {
      Settings settings = Settings.from(System.getProperties());
      Preset preset = preset(System.getProperty("preset", ""));
      run(settings, preset, Path.of(args.length > 0 ? args[0] : "target/audit"), System.out);
    } catch (IllegalArgumentException e) {
      System.err.println("audit: " + e.getMessage());
      System.exit(2);
    }
  }

  private static Preset preset(String name) {
    String wanted = name.isBlank() ? Preset.QUICK.name() : name.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(Preset.values())
        .filter(each -> each.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "-Dpreset=" + name + " is not known; use quick, standard or paper"));
  }

  static AuditResult run(Settings settings, Preset preset, Path directory, PrintStream out) {
    TrainTest images = settings.load();
    ImageSet shuffled = images.train().shuffled(settings.seed());
    int half = Math.min(settings.limit(), shuffled.size() / 2);
    ImageSet owners = shuffled.slice(0, half);
    ImageSet thiefs = shuffled.slice(half, 2 * half);
    ImageSet test = images.test();
    OwnerKey key = OwnerKey.insecureFromSeed(settings.seed());
    MultiLayerConfiguration configuration =
        SmallCnn.configuration(test.shape(), test.classes(), settings.seed());
    out.println(ThreadChoice.make(settings.threads(), configuration, owners, BATCH));
    out.println("Training the protected model");
    ProtectedSmallCnn owner =
        ProtectedSmallCnn.create(key, test.shape(), test.classes(), settings.seed());
    owner
        .protectedModel()
        .fit(
            owners.shuffledIterator(BATCH, settings.seed()),
            TrainingOptions.epochs(settings.epochs()));
    out.println("Training the unmarked model");
    RobustnessAudit audit =
        RobustnessAudit.of(owner.protectedModel(), thiefs.iterator(BATCH), test.iterator(BATCH))
            .withUnmarked(unmarked(configuration, owners, settings))
            .withPreset(preset)
            .withSeed(settings.seed())
            .withListener(new Printer(out));
    ImageSet drawn = ImageSets.drawn(OTHER_TASK_PER_CLASS, 1, settings.seed()).train();
    if (settings.data().directory().isPresent() && drawn.shape().equals(test.shape())) {
      audit = audit.withOtherTask(drawn.iterator(BATCH));
    }
    AuditResult result = audit.run(directory);
    AuditPage.write(result, directory.resolve("audit.html"));
    out.printf("Results: %s%n", directory.toAbsolutePath().normalize());
    return result;
  }

  private static MultiLayerNetwork unmarked(
      MultiLayerConfiguration configuration, ImageSet owners, Settings settings) {
    MultiLayerNetwork plain =
        (MultiLayerNetwork) Architecture.of(configuration).fresh(settings.seed(), new Adam(1e-3));
    Classifiers.fit(
        plain,
        LabelledSamples.read(owners.iterator(BATCH), owners.size()),
        new LossMCXENT(),
        FitSettings.adam(settings.epochs()),
        settings.seed(),
        AttackListener.NONE);
    return plain;
  }

  /** Prints a line per step. */
  private record Printer(PrintStream out) implements AuditListener {
    @Override
    public void started(String step, int done, int total, Duration remaining) {
      String left =
          remaining.isZero()
              ? ""
              : String.format(
                  Locale.ROOT, ", %d:%02d left", remaining.toMinutes(), remaining.toSecondsPart());
      out.printf("%d/%d %s%s%n", done + 1, total, step, left);
    }

    @Override
    public void finished(AuditEntry entry) {
      ModelFigures model = entry.model();
      String figures =
          model == null
              ? entry.figuresText()
              : String.format(
                  Locale.ROOT,
                  "accuracy %.1f %%, WSR %.1f %%, WFPR %.1f %%",
                  100 * model.accuracy(),
                  100 * model.successRate(),
                  100 * model.rates().falsePositiveRate());
      out.printf("    %s: %s%n", entry.outcome().text(), figures);
    }
  }
}
