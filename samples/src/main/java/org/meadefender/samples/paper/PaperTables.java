package org.meadefender.samples.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.annotations.Combine;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.audit.Attack;
import org.meadefender.audit.AttackScale;
import org.meadefender.audit.Attacks;
import org.meadefender.audit.AuditEntry;
import org.meadefender.audit.AuditListener;
import org.meadefender.audit.AuditPlan;
import org.meadefender.audit.AuditResult;
import org.meadefender.audit.AuditStore;
import org.meadefender.audit.Preset;
import org.meadefender.audit.RobustnessAudit;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.data.LabelledSamples;
import org.meadefender.report.AuditPage;
import org.meadefender.samples.log.Provenance;
import org.meadefender.samples.models.CompactNetworks;
import org.meadefender.samples.models.SampleImages;
import org.meadefender.samples.models.SampleKeys;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingOptions;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Runs the paper's attacks on one data set and writes its figures beside ours: Tables I and II,
 * Figure 2, the removal and detection sections; {@link LossTable} does Table IV.
 *
 * <p>Smaller than the paper: small networks, {@code limit} training images for the owner and as
 * many others for the thief. A run that was stopped goes on where it was.
 */
public final class PaperTables {
  private static final int BATCH = 128;
  private static final double RATIO = 0.1;

  /** Transfer learning goes to the project's drawn shapes, where they have the images' size. */
  private static final int OTHER_TASK_PER_CLASS = 500;

  private PaperTables() {}

  /**
   * Runs with the system properties {@code data} (see {@link SampleImages#of}), {@code limit}
   * (images for each side, 15,000), {@code epochs} (15), {@code seed} (1), {@code combine}
   * (CROP_AND_PASTE), {@code preset} (STANDARD) and {@code attacks} (ids of {@link Attacks}, with
   * commas; all of the preset).
   *
   * @param args directory for the results
   */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("Usage: PaperTables <results directory>");
      System.exit(2);
    }
    Combine combine = Combine.valueOf(System.getProperty("combine", "CROP_AND_PASTE"));
    Preset preset = Preset.valueOf(System.getProperty("preset", "STANDARD"));
    int limit = Integer.getInteger("limit", 15_000);
    int epochs = Integer.getInteger("epochs", 15);
    long seed = Long.getLong("seed", 1);
    AuditPlan plan = preset.plan().withScale(scaled(preset.plan().scale(), limit, epochs));
    String attacks = System.getProperty("attacks", "").strip();
    if (!attacks.isEmpty()) {
      List<Attack> chosen = Arrays.stream(attacks.split(",", -1)).map(Attacks::named).toList();
      plan = new AuditPlan(plan.name() + ", chosen attacks", plan.scale(), chosen);
    }
    SampleImages images = SampleImages.of(System.getProperty("data", ""));
    run(images.load(seed), combine, plan, limit, epochs, seed, Path.of(args[0]));
  }

  /** A table in Markdown from the lines of {@code paper.jsonl}. */
  public static String table(List<JsonNode> lines) {
    return PaperMarkdown.table(lines);
  }

  private static AttackScale scaled(AttackScale scale, int limit, int epochs) {
    return new AttackScale(
        Math.min(scale.queries(), limit),
        epochs,
        Math.min(scale.removalRows(), limit),
        scale.removalEpochs(),
        scale.measureRows(),
        scale.searchSteps());
  }

  static Path run(
      TrainTest images,
      Combine combine,
      AuditPlan plan,
      int limit,
      int epochs,
      long seed,
      Path directory) {
    ImageSet shuffled = images.train().shuffled(seed);
    int half = Math.min(limit, shuffled.size() / 2);
    ImageSet owners = shuffled.slice(0, half);
    ImageSet thiefs = shuffled.slice(half, 2 * half);
    ImageSet test = images.test();
    MultiLayerConfiguration network = CompactNetworks.vggLike(test.shape(), test.classes(), seed);
    OwnerKey key = SampleKeys.of(seed, combine, owners);
    WatermarkSpec spec = WatermarkSpec.of(0, 1, RATIO).withCombine(combine);
    ProtectedModel<MultiLayerNetwork> owner =
        ProtectedModel.create(List.of(spec), key, network.clone());
    owner.fit(owners.shuffledIterator(BATCH, seed), TrainingOptions.epochs(epochs));
    PaperMarkdown markdown =
        new PaperMarkdown(
            combine,
            half,
            epochs,
            test.shape().channels() == 3,
            Provenance.of(images, PaperTables.class));
    RobustnessAudit audit =
        RobustnessAudit.of(spec, key, owner.network(), thiefs.iterator(BATCH), test.iterator(BATCH))
            .withUnmarked(unmarked(network, owners, epochs, seed))
            .withOtherArchitecture(
                Architecture.of(CompactNetworks.residual(test.shape(), test.classes(), seed)))
            .withPlan(plan)
            .withSeed(seed)
            .withListener(new Printer(directory, markdown));
    ImageSet drawn = ImageSets.drawn(OTHER_TASK_PER_CLASS, 1, seed).train();
    if (drawn.shape().equals(test.shape())) {
      audit = audit.withOtherTask(drawn.iterator(BATCH));
    }
    AuditResult result = audit.run(directory);
    AuditPage.write(result, directory.resolve("audit.html"));
    return markdown.write(result, directory);
  }

  private static MultiLayerNetwork unmarked(
      MultiLayerConfiguration network, ImageSet images, int epochs, long seed) {
    FitSettings fit = FitSettings.adam(epochs);
    MultiLayerNetwork plain =
        (MultiLayerNetwork) Architecture.of(network).fresh(seed, new Adam(1e-3));
    LabelledSamples data = LabelledSamples.read(images.iterator(BATCH), images.size());
    Classifiers.fit(plain, data, new LossMCXENT(), fit, seed, AttackListener.NONE);
    return plain;
  }

  /** Prints each step, and writes the table as far as it is: an hour's run may be stopped. */
  private record Printer(Path directory, PaperMarkdown markdown) implements AuditListener {
    @Override
    public void started(String step, int done, int total, Duration remaining) {
      System.out.printf("%d/%d %s (%d min left)%n", done + 1, total, step, remaining.toMinutes());
    }

    @Override
    public void finished(AuditEntry entry) {
      markdown.write(AuditStore.read(directory.resolve(AuditStore.FILE)), directory);
    }
  }
}
