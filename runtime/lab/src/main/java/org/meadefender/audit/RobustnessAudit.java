package org.meadefender.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.attack.Architecture;
import org.meadefender.combine.Watermark;
import org.meadefender.data.LabelledSamples;
import org.meadefender.internal.Versions;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.ProtectedModel;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.verify.PreparedVerification;
import org.meadefender.verify.VerificationOptions;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Attacks a protected model before a thief does, and measures what is left of its watermark.
 *
 * <p>Steps run in a fixed order with fixed seeds. Each result is saved at once, so that an audit
 * that was stopped goes on where it was when it is run again with the same model, data and
 * settings. A plan may be run in a directory of another plan: only what is not there yet is run.
 */
public final class RobustnessAudit {
  private static final long DEFAULT_SEED = 1;
  private static final int MEASURE_BATCH = 500;

  /** Fewer watermark rows reach no verdict. */
  private static final int LEAST_VERDICT_ROWS = 100;

  private final WatermarkSpec spec;
  private final OwnerKey key;
  private final Model network;
  private final LabelledSamples thief;
  private final LabelledSamples test;
  private final Options options;

  /** What may be left out. */
  private record Options(
      AuditPlan plan,
      long seed,
      @Nullable Model unmarked,
      @Nullable Architecture other,
      @Nullable LabelledSamples otherTask,
      AuditListener listener) {}

  private RobustnessAudit(
      WatermarkSpec spec,
      OwnerKey key,
      Model network,
      LabelledSamples thief,
      LabelledSamples test,
      Options options) {
    this.spec = spec;
    this.key = key;
    this.network = network;
    this.thief = thief;
    this.test = test;
    this.options = options;
  }

  /**
   * An audit with the quick preset.
   *
   * @param spec the watermark to be attacked
   * @param key the owner's key
   * @param network the protected network, trained; it is not changed
   * @param thief what the thief holds: samples with labels {@code [n, classes]} that the network
   *     was not trained on
   * @param heldOut samples for measurements, which neither owner nor thief trained on
   */
  public static RobustnessAudit of(
      WatermarkSpec spec,
      OwnerKey key,
      Model network,
      DataSetIterator thief,
      DataSetIterator heldOut) {
    return new RobustnessAudit(
        spec,
        key,
        network,
        LabelledSamples.read(thief),
        LabelledSamples.read(heldOut),
        new Options(Preset.QUICK.plan(), DEFAULT_SEED, null, null, null, AuditListener.NONE));
  }

  /**
   * The same for a model's first watermark.
   *
   * @param model trained; it is not changed
   */
  public static RobustnessAudit of(
      ProtectedModel<?> model, DataSetIterator thief, DataSetIterator heldOut) {
    return of(model.specs().get(0), model.key(), model.network(), thief, heldOut);
  }

  /** The same with another preset. */
  public RobustnessAudit withPreset(Preset preset) {
    return withPlan(preset.plan());
  }

  /** The same with a plan of the user's own. */
  public RobustnessAudit withPlan(AuditPlan plan) {
    return with(
        new Options(
            plan,
            options.seed,
            options.unmarked,
            options.other,
            options.otherTask,
            options.listener));
  }

  /** The same with another seed, not 0. */
  public RobustnessAudit withSeed(long seed) {
    return with(
        new Options(
            options.plan,
            seed,
            options.unmarked,
            options.other,
            options.otherTask,
            options.listener));
  }

  /** The same with a model of the task without the watermark, attacked for comparison. */
  public RobustnessAudit withUnmarked(Model unmarked) {
    return with(
        new Options(
            options.plan,
            options.seed,
            unmarked,
            options.other,
            options.otherTask,
            options.listener));
  }

  /** The same with another architecture, into which a thief distils as well. */
  public RobustnessAudit withOtherArchitecture(Architecture other) {
    return with(
        new Options(
            options.plan,
            options.seed,
            options.unmarked,
            other,
            options.otherTask,
            options.listener));
  }

  /** The same with samples of another task, to which a thief transfers the network as well. */
  public RobustnessAudit withOtherTask(DataSetIterator otherTask) {
    return with(
        new Options(
            options.plan,
            options.seed,
            options.unmarked,
            options.other,
            LabelledSamples.read(otherTask),
            options.listener));
  }

  /** The same with a listener. */
  public RobustnessAudit withListener(AuditListener listener) {
    return with(
        new Options(
            options.plan,
            options.seed,
            options.unmarked,
            options.other,
            options.otherTask,
            listener));
  }

  private RobustnessAudit with(Options newOptions) {
    return new RobustnessAudit(spec, key, network, thief, test, newOptions);
  }

  /**
   * Runs what has not been run yet.
   *
   * @param directory where {@code audit.json} is, or will be; stolen copies are kept there too
   * @throws IllegalArgumentException if there is a result of another model, data or settings, or of
   *     an attack with other parameters
   */
  public AuditResult run(Path directory) {
    Path file = directory.resolve(AuditStore.FILE);
    Map<AuditEntry.Subject, AuditRun.Attacked> models = new EnumMap<>(AuditEntry.Subject.class);
    AuditRun.Attacked attacked = attacked(network, "protected", directory);
    models.put(AuditEntry.Subject.PROTECTED, attacked);
    Model unmarked = options.unmarked;
    if (unmarked != null) {
      models.put(AuditEntry.Subject.UNMARKED, attacked(unmarked, "unmarked", directory));
    }
    List<AuditStep> plan = AuditStep.of(options.plan, attacked.context(), unmarked != null);
    AuditResult.Provenance provenance = provenance();
    AuditResult result =
        new AuditResult(AuditResult.SCHEMA_VERSION, provenance, plan.size(), List.of());
    if (Files.exists(file)) {
      result = earlier(file, provenance, plan);
    }
    return new AuditRun(directory, models, options.listener).execute(result, plan);
  }

  /** A saved result to go on with. */
  private static AuditResult earlier(
      Path file, AuditResult.Provenance provenance, List<AuditStep> plan) {
    AuditResult saved = AuditStore.read(file);
    if (!provenance.continues(saved.provenance())) {
      throw new IllegalArgumentException(
          file
              + " is the result of another model, data or settings; choose another directory, or"
              + " delete it");
    }
    for (AuditStep step : plan) {
      Optional<AuditEntry> entry = saved.entry(step.id());
      String parameters = step.attack().parameters();
      if (entry.isPresent() && !entry.get().attack().parameters().equals(parameters)) {
        throw new IllegalArgumentException(
            file
                + " has the attack "
                + step.attack().id()
                + " with other parameters ("
                + entry.get().attack().parameters()
                + ", now "
                + parameters
                + "); choose another directory, give the attack another id, or delete the file");
      }
    }
    return new AuditResult(
        saved.schemaVersion(), provenance, saved.plannedSteps(), saved.entries());
  }

  private AuditRun.Attacked attacked(Model attacked, String name, Path directory) {
    Watermark mark = Watermark.derive(spec, key, test.width());
    AttackScale scale = options.plan.scale();
    MarkMeasurement rates = MarkMeasurement.prepare(mark, measured(), scale.measureRows());
    PreparedVerification verification =
        OwnershipVerifier.of(List.of(spec), key)
            .withOptions(
                VerificationOptions.DEFAULT.withRows(
                    Math.max(LEAST_VERDICT_ROWS, scale.measureRows())))
            .prepare(measured());
    AttackContext context =
        AttackContext.of(attacked, thief, scale, options.seed)
            .withOtherArchitecture(options.other)
            .withOtherTask(options.otherTask)
            .withWatermark(mark, test)
            .withCopyFile(directory.resolve("copy-of-" + name + ".zip"));
    return new AuditRun.Attacked(
        context, new ModelMeasurement(attacked, test, mark, rates, verification));
  }

  private DataSetIterator measured() {
    return test.shuffledBatches(Math.min(test.size(), MEASURE_BATCH), 1);
  }

  private AuditResult.Provenance provenance() {
    Map<String, String> versions = new TreeMap<>();
    versions.put("mea-defender", Versions.library());
    versions.put("deeplearning4j", Versions.of("org.deeplearning4j", "deeplearning4j-nn"));
    versions.put("nd4j", Versions.of("org.nd4j", "nd4j-api"));
    versions.put("java", System.getProperty("java.version"));
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    LabelledSamples otherTask = options.otherTask;
    return new AuditResult.Provenance(
        options.plan.name(),
        options.plan.scale(),
        options.seed,
        spec.toString(),
        key.fingerprint(),
        Fingerprints.of(network),
        options.unmarked == null ? "" : Fingerprints.of(options.unmarked),
        otherTask == null ? Fingerprints.of(thief, test) : Fingerprints.of(thief, test, otherTask),
        versions);
  }
}
