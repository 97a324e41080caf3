package org.meadefender.samples.quickstart;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.annotations.Protected;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.attack.extraction.Distillation;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.data.LabelledSamples;
import org.meadefender.release.ModelRelease;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingOptions;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerifier;
import org.nd4j.evaluation.classification.Evaluation;

/**
 * Trains a plain and a protected model, releases the protected one, steals it by distillation, and
 * tests all three for the watermark.
 */
public final class Quickstart {
  private static final int BATCH = 128;

  /** With fewer images that the owner never used, the thief works with the owner's own. */
  private static final int FEWEST_FRESH = 500;

  /** Seeds of the thief's network are this far from the owner's. */
  private static final int THIEF = 1_000;

  private final Settings settings;
  private final Path directory;
  private final PrintStream out;
  private final PrintedProgress progress;

  private Quickstart(Settings settings, Path directory, PrintStream out) {
    this.settings = settings;
    this.directory = directory;
    this.out = out;
    this.progress = new PrintedProgress(out);
  }

  /**
   * Runs with the settings in the system properties {@code data}, {@code sourceA}, {@code sourceB},
   * {@code target}, {@code seed}, {@code epochs}, {@code limit} and {@code threads}.
   *
   * @param args directory for the results
   */
  public static void main(String[] args) {
    try {
      Settings settings = Settings.from(System.getProperties());
      run(settings, Path.of(args.length > 0 ? args[0] : "target/quickstart"), System.out);
    } catch (IllegalArgumentException e) {
      System.err.println("quickstart: " + e.getMessage());
      System.exit(2);
    }
  }

  /** Runs, and leaves the models, {@code report.json} and {@code report.html} in a directory. */
  static Report run(Settings settings, Path directory, PrintStream out) {
    try {
      Files.createDirectories(directory);
      return new Quickstart(settings, directory, out).run();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the results to " + directory, e);
    }
  }

  private Report run() throws IOException {
    long start = System.nanoTime();
    Commands.printReused(out, directory, settings.seed());
    TrainTest images = settings.load();
    ImageSet shuffled = images.train().shuffled(settings.seed());
    ImageSet test = images.test();
    ImageSet owners = shuffled.take(settings.limit());
    ImageSet others = shuffled.slice(owners.size(), shuffled.size()).take(settings.limit());
    boolean fresh = others.size() >= FEWEST_FRESH;
    ImageSet thiefs = fresh ? others : owners;
    out.printf(
        "Images: %s (%d to train on, %d %s for the thief, %d to test with)%n",
        settings.dataName(),
        owners.size(),
        thiefs.size(),
        fresh ? "others" : "of the same, as no others are left,",
        test.size());

    // A real owner calls OwnerKey.generate() once and saves it; here runs shall be repeatable.
    OwnerKey key = OwnerKey.insecureFromSeed(settings.seed());
    MultiLayerConfiguration configuration =
        SmallCnn.configuration(test.shape(), test.classes(), settings.seed());
    ProtectedModel<MultiLayerNetwork> owner = protect(key, configuration, test);

    ThreadChoice threads = ThreadChoice.make(settings.threads(), configuration, owners, BATCH);
    out.println(threads);
    MultiLayerNetwork plain = trainPlain(configuration, owners);
    progress.begin("Training the protected model");
    owner.fit(
        owners.shuffledIterator(BATCH, settings.seed()),
        TrainingOptions.epochs(settings.epochs()).withProgress(progress::training));
    Path released = directory.resolve("protected.zip");
    Commands commands = new Commands(key, owner.release(released), heldOut(images), directory);
    MultiLayerNetwork stolen = steal(released, thiefs);
    ModelRelease.write(plain, directory.resolve("plain.zip"));
    ModelRelease.write(stolen, directory.resolve("stolen.zip"));

    out.println("Verifying");
    Map<String, OwnershipVerdict> verdicts = new LinkedHashMap<>();
    Map<String, TestedModel> outcomes = new LinkedHashMap<>();
    Map<String, MultiLayerNetwork> models = new LinkedHashMap<>();
    models.put("plain", plain);
    models.put("protected", owner.network());
    models.put("stolen", stolen);
    OwnershipVerifier verifier = OwnershipVerifier.of(owner.specs(), key);
    models.forEach(
        (name, model) -> {
          OwnershipVerdict verdict = verifier.verify(SuspectModel.of(model), test.iterator(BATCH));
          verdicts.put(name, verdict);
          outcomes.put(name, TestedModel.of(accuracy(model, test), verdict));
        });

    out.println("Measuring training speed");
    Throughput speed = Throughput.measure(configuration, owner.specs(), key, owners, BATCH);
    Report report =
        Report.of(
            settings,
            fresh,
            owner.specs(),
            key,
            outcomes,
            speed,
            threads.count(),
            Duration.ofNanos(System.nanoTime() - start));
    report.write(directory.resolve("report.json"));
    Watermark mark = Watermark.deriveAll(owner.specs(), key, test.classes()).get(0);
    ReportPage.write(
        directory.resolve("report.html"),
        report,
        verdicts,
        ExamplePictures.of(mark, test),
        test.classNames(),
        mark.target());
    print(report);
    out.printf("%nThe verdict on the stolen model:%n%s%n", verdicts.get("stolen"));
    commands.print(out, settings.seed());
    return report;
  }

  /** Where the images lie; drawn ones are written beside the models. */
  private Path heldOut(TrainTest images) {
    return settings
        .data()
        .directory()
        .orElseGet(
            () -> {
              Path drawn = Commands.drawnImages(directory, settings.seed());
              if (!Files.exists(drawn)) {
                ImageSets.save(images, drawn);
              }
              return drawn;
            });
  }

  private ProtectedModel<MultiLayerNetwork> protect(
      OwnerKey key, MultiLayerConfiguration configuration, ImageSet test) {
    if (settings.asAnnotated()) {
      return ProtectedSmallCnn.create(key, test.shape(), test.classes(), settings.seed())
          .protectedModel();
    }
    // What the annotation says, with the classes of the command line.
    WatermarkSpec spec = WatermarkSpec.of(0, 1, 0.1).withTarget(2);
    if (settings.sourceA().isPresent() && settings.sourceB().isPresent()) {
      // The annotation's target may be one of these sources: the key chooses another.
      spec =
          spec.withTarget(Protected.TARGET_FROM_KEY)
              .withSources(settings.sourceA().getAsInt(), settings.sourceB().getAsInt());
    }
    if (settings.target().isPresent()) {
      spec = spec.withTarget(settings.target().getAsInt());
    }
    return ProtectedModel.create(List.of(spec), key, configuration.clone());
  }

  private MultiLayerNetwork trainPlain(MultiLayerConfiguration configuration, ImageSet images) {
    progress.begin("Training the plain model");
    MultiLayerNetwork plain = new MultiLayerNetwork(configuration.clone());
    plain.init();
    Acceleration.enable(plain);
    var data = images.shuffledIterator(BATCH, settings.seed());
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      data.reset();
      plain.fit(data);
      progress.step("epoch", epoch + 1, settings.epochs());
    }
    return plain;
  }

  /** The thief has the released file's answers only, and images of his own. */
  private MultiLayerNetwork steal(Path released, ImageSet images) {
    progress.begin("Stealing the protected model by distillation");
    BlackBox victim = BlackBox.of(SuspectModel.load(released));
    LabelledSamples queries = LabelledSamples.read(images.iterator(BATCH), images.size());
    Architecture student =
        Architecture.of(SmallCnn.configuration(images.shape(), images.classes(), THIEF));
    return (MultiLayerNetwork)
        Distillation.of(settings.epochs())
            .steal(victim, queries, student, settings.seed() + THIEF, progress::step);
  }

  private static double accuracy(MultiLayerNetwork model, ImageSet test) {
    Evaluation evaluation = model.evaluate(test.iterator(BATCH));
    return evaluation.accuracy();
  }

  private void print(Report report) {
    out.printf(
        Locale.ROOT,
        "%n%-10s %9s %7s %10s %10s  %s%n",
        "model",
        "accuracy",
        "WSR",
        "decoy rate",
        "p-value",
        "verdict");
    report
        .models()
        .forEach(
            (name, each) ->
                out.printf(
                    Locale.ROOT,
                    "%-10s %7.1f %% %5.1f %% %8.1f %% %10.2g  %s%n",
                    name,
                    100 * each.accuracy(),
                    100 * each.watermarkSuccessRate(),
                    100 * each.decoyRate(),
                    each.pValue(),
                    each.verdict()));
    Throughput speed = report.samplesPerSecond();
    out.printf(
        Locale.ROOT,
        "%nTraining: stock %.0f, accelerated %.0f, protected %.0f samples/s%n",
        speed.stock(),
        speed.accelerated(),
        speed.protectedAccelerated());
    out.printf("%d s. Results: %s%n", report.seconds(), directory.toAbsolutePath().normalize());
  }
}
