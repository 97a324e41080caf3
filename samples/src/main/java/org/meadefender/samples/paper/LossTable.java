package org.meadefender.samples.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.data.LabelledSamples;
import org.meadefender.internal.Json;
import org.meadefender.internal.WholeFile;
import org.meadefender.loss.LossWeights;
import org.meadefender.samples.log.JsonLines;
import org.meadefender.samples.log.Provenance;
import org.meadefender.samples.log.RatesJson;
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
 * <p>Each row is kept in {@code losses.jsonl} as it is finished; one that the same program has
 * measured already is not run again.
 */
public final class LossTable {
  private static final int BATCH = 128;
  private static final int ROWS = 1_000;
  private static final double RATIO = 0.1;
  private static final String SETTING = "setting";
  private static final String VARIANT = "variant";
  private static final String VICTIM = "victim";
  private static final String STOLEN = "stolen";
  private static final String ACCURACY = "accuracy";
  private static final String RATES = "rates";

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
    JsonLines log = new JsonLines(table.resolveSibling("losses.jsonl"));
    Provenance provenance = Provenance.of(images, LossTable.class);
    LossTable program = new LossTable(images, limit, epochs, seed);
    for (Map.Entry<String, Variant> each : variants(combine).entrySet()) {
      if (log.read().stream().noneMatch(line -> isOf(line, title, each.getKey(), provenance))) {
        ObjectNode line = Json.object().put(SETTING, title).put(VARIANT, each.getKey());
        program.measure(each.getValue(), line);
        line.set(Provenance.FIELD, provenance.toJson());
        log.add(line);
        System.out.print(row(line));
      }
    }
    WholeFile.write(table, file -> Files.writeString(file, table(log.read())));
  }

  private static boolean isOf(JsonNode line, String title, String variant, Provenance provenance) {
    return line.path(SETTING).asText("").equals(title)
        && line.path(VARIANT).asText("").equals(variant)
        && provenance.continues(Provenance.from(line));
  }

  /** A table in Markdown from the lines of {@code losses.jsonl}. */
  public static String table(List<JsonNode> lines) {
    StringBuilder table = new StringBuilder();
    table.append("| setting | loss | victim accuracy / WSR / WFPR / spill ");
    table.append("| stolen accuracy / WSR / WFPR / spill |\n|---|---|---|---|\n");
    lines.forEach(line -> table.append(row(line)));
    return table.toString();
  }

  private static String row(JsonNode line) {
    return String.format(
        "| %s | %s | %s | %s |%n",
        Json.text(line, SETTING),
        Json.text(line, VARIANT),
        figures(line.path(VICTIM)),
        figures(line.path(STOLEN)));
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

  private void measure(Variant variant, ObjectNode line) {
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
    line.set(VICTIM, measured(owner.network(), held, measurement));
    line.set(STOLEN, measured(stolen, held, measurement));
  }

  private static ObjectNode measured(
      Model model, LabelledSamples test, MarkMeasurement measurement) {
    ObjectNode json = Json.object().put(ACCURACY, Accuracy.of(model, test));
    json.set(RATES, RatesJson.of(measurement.on(SuspectModel.of(model))));
    return json;
  }

  private static String figures(JsonNode measured) {
    WatermarkRates rates = RatesJson.from(measured.path(RATES));
    return String.format(
        Locale.ROOT,
        "%.1f / %.1f / %.1f / %.1f",
        100 * measured.path(ACCURACY).asDouble(),
        100 * rates.watermarkSuccessRate(),
        100 * rates.falsePositiveRate(),
        100 * rates.spillRate());
  }
}
