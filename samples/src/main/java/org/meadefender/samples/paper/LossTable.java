package org.meadefender.samples.paper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.annotations.Combine;
import org.meadefender.attack.Accuracy;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.attack.extraction.Distillation;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.meadefender.data.LabelledSamples;
import org.meadefender.data.TrainTest;
import org.meadefender.loss.LossWeights;
import org.meadefender.samples.models.CompactNetworks;
import org.meadefender.samples.models.SampleImages;
import org.meadefender.samples.models.SampleKeys;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.Method;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingOptions;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.WatermarkRates;

/**
 * The paper's Table IV: which part of the loss the watermark needs, before and after theft; the
 * same for what this library adds, and for the other combiners.
 *
 * <p>Rows are appended as they are finished; a row that the table has already is not run again.
 */
public final class LossTable {
  private static final int BATCH = 128;
  private static final int ROWS = 1_000;
  private static final double RATIO = 0.1;

  private final ImageSet owners;
  private final LabelledSamples thiefs;
  private final ImageSet test;
  private final int epochs;
  private final long seed;

  private LossTable(TrainTest images, int limit, int epochs, long seed) {
    ImageSet shuffled = images.train().shuffled(seed);
    int half = Math.min(limit, shuffled.size() / 2);
    this.owners = shuffled.slice(0, half);
    this.thiefs = LabelledSamples.read(shuffled.slice(half, 2 * half).iterator(BATCH));
    this.test = images.test();
    this.epochs = epochs;
    this.seed = seed;
  }

  /** One row's watermark. */
  private record Variant(WatermarkSpec spec, Method method) {}

  /**
   * Runs with the system properties {@code data} (see {@link SampleImages#of}), {@code limit}
   * (images for each side, 15,000), {@code epochs} (15), {@code seed} (1) and {@code combine}
   * (CROP_AND_PASTE).
   *
   * @param args file for the table
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("Usage: LossTable <result file>");
      System.exit(2);
    }
    SampleImages images = SampleImages.of(System.getProperty("data", ""));
    int limit = Integer.getInteger("limit", 15_000);
    int epochs = Integer.getInteger("epochs", 15);
    long seed = Long.getLong("seed", 1);
    Combine combine = Combine.valueOf(System.getProperty("combine", "CROP_AND_PASTE"));
    String title =
        String.format(
            Locale.ROOT,
            "%s, %d images for each side, %d epochs, seed %d",
            images.name(),
            limit,
            epochs,
            seed);
    run(images.load(seed), combine, limit, epochs, seed, title, Path.of(args[0]));
  }

  static void run(
      TrainTest images, Combine combine, int limit, int epochs, long seed, String title, Path table)
      throws IOException {
    Files.createDirectories(Objects.requireNonNull(table.toAbsolutePath().getParent()));
    if (!Files.exists(table)) {
      Files.writeString(
          table,
          "| setting | loss | victim accuracy / WSR / WFPR / spill | stolen accuracy / WSR / WFPR"
              + " / spill |\n|---|---|---|---|\n");
    }
    LossTable program = new LossTable(images, limit, epochs, seed);
    for (Map.Entry<String, Variant> each : variants(combine).entrySet()) {
      String start = "| " + title + " | " + each.getKey() + " | ";
      if (!Files.readString(table).contains(start)) {
        String row = start + program.row(each.getValue()) + " |\n";
        System.out.print(row);
        Files.writeString(table, row, StandardOpenOption.APPEND);
      }
    }
  }

  private static Map<String, Variant> variants(Combine combine) {
    WatermarkSpec spec = WatermarkSpec.of(0, 1, RATIO).withCombine(combine);
    Method paper = Method.PAPER;
    Map<String, Variant> variants = new LinkedHashMap<>();
    variants.put("the paper's: both, MGDA", new Variant(spec, paper));
    variants.put(
        "the paper's: L_ver alone", new Variant(spec, paper.withWeights(new LossWeights(1, 0, 1))));
    variants.put(
        "the paper's: L_com alone", new Variant(spec, paper.withWeights(new LossWeights(0, 1, 1))));
    variants.put(
        "the paper's: both, without evasion rows", new Variant(spec.withEvasion(false), paper));
    Method method = Method.DEFAULT;
    variants.put("default, " + combine, new Variant(spec, method));
    variants.put("default without coupling", new Variant(spec, method.withRecipe(RowRecipe.PAPER)));
    variants.put("default without evasion rows", new Variant(spec.withEvasion(false), method));
    for (Combine other : Combine.values()) {
      variants.put("default, " + other, new Variant(spec.withCombine(other), method));
    }
    return variants;
  }

  private String row(Variant variant) {
    OwnerKey key = SampleKeys.of(seed, variant.spec.combine(), owners);
    ProtectedModel<MultiLayerNetwork> owner =
        ProtectedModel.create(
            List.of(variant.spec),
            key,
            CompactNetworks.vggLike(test.shape(), test.classes(), seed));
    owner.fit(
        owners.shuffledIterator(BATCH, seed),
        TrainingOptions.epochs(epochs).withMethod(variant.method));
    MarkMeasurement measurement =
        MarkMeasurement.prepare(
            Watermark.derive(variant.spec, key, test.classes()), test.iterator(BATCH), ROWS);
    Model stolen =
        Distillation.of(epochs)
            .steal(
                BlackBox.of(SuspectModel.of(owner.network())),
                thiefs,
                Architecture.of(owner.network()),
                seed,
                AttackListener.NONE);
    LabelledSamples held = LabelledSamples.read(test.iterator(BATCH));
    return figures(owner.network(), held, measurement) + " | " + figures(stolen, held, measurement);
  }

  private static String figures(Model model, LabelledSamples test, MarkMeasurement measurement) {
    WatermarkRates rates = measurement.on(SuspectModel.of(model));
    return String.format(
        Locale.ROOT,
        "%.1f / %.1f / %.1f / %.1f",
        100 * Accuracy.of(model, test),
        100 * rates.watermarkSuccessRate(),
        100 * rates.falsePositiveRate(),
        100 * rates.spillRate());
  }
}
