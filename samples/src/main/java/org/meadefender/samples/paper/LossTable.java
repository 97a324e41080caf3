package org.meadefender.samples.paper;

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
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackData;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Networks;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.attack.extraction.Distillation;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.TrainTest;
import org.meadefender.loss.LossWeights;
import org.meadefender.samples.models.CompactNetworks;
import org.meadefender.samples.models.SampleKeys;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.Method;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingOptions;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.MarkRates;

/** The paper's Table IV: which part of the loss the watermark needs, before and after theft. */
public final class LossTable {
  private static final int BATCH = 128;
  private static final int ROWS = 1_000;
  private static final double RATIO = 0.1;

  private LossTable() {}

  /**
   * Runs with the system properties {@code limit} (15,000), {@code epochs} (15), {@code seed} (1)
   * and {@code combine} (CROP_AND_PASTE).
   *
   * @param args directory of the data, file for the table
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("Usage: LossTable <data directory> <result file>");
      System.exit(2);
    }
    String table =
        run(
            ImageSets.load(Path.of(args[0])),
            Combine.valueOf(System.getProperty("combine", "CROP_AND_PASTE")),
            Integer.getInteger("limit", 15_000),
            Integer.getInteger("epochs", 15),
            Long.getLong("seed", 1));
    System.out.print(table);
    Files.writeString(Path.of(args[1]), table);
  }

  static String run(TrainTest images, Combine combine, int limit, int epochs, long seed) {
    Map<String, Method> methods = new LinkedHashMap<>();
    LossWeights weights = LossWeights.DEFAULT;
    double both = weights.verification();
    methods.put("default", Method.DEFAULT);
    methods.put(
        "L_ver alone", Method.DEFAULT.withWeights(new LossWeights(both, 0, weights.evasion())));
    methods.put(
        "L_com alone", Method.DEFAULT.withWeights(new LossWeights(0, both, weights.evasion())));
    methods.put(
        "no evasion loss",
        Method.DEFAULT.withWeights(new LossWeights(both, weights.combination(), 0)));
    methods.put("the paper's (MGDA)", Method.PAPER);
    StringBuilder table =
        new StringBuilder(
            "| loss | victim accuracy / WSR / WFPR | stolen accuracy / WSR / WFPR |\n|---|---|---|\n");
    methods.forEach(
        (name, method) ->
            table
                .append("| ")
                .append(name)
                .append(row(images, combine, method, limit, epochs, seed))
                .append(" |\n"));
    return table.toString();
  }

  private static String row(
      TrainTest images, Combine combine, Method method, int limit, int epochs, long seed) {
    ImageSet shuffled = images.train().shuffled(seed);
    int half = Math.min(limit, shuffled.size() / 2);
    ImageSet test = images.test();
    OwnerKey key = SampleKeys.of(seed, combine, shuffled.slice(0, half));
    WatermarkSpec spec = WatermarkSpec.of(0, 1, RATIO).withCombine(combine);
    ProtectedModel<MultiLayerNetwork> owner =
        ProtectedModel.create(
            List.of(spec), key, CompactNetworks.vggLike(test.shape(), test.classes(), seed));
    owner.fit(
        shuffled.slice(0, half).shuffledIterator(BATCH, seed),
        TrainingOptions.epochs(epochs).withMethod(method));
    MarkMeasurement measurement =
        MarkMeasurement.prepare(
            Watermark.derive(spec, key, test.classes()), test.iterator(BATCH), ROWS);
    AttackData thiefs =
        AttackData.read(shuffled.slice(half, 2 * half).iterator(BATCH), Integer.MAX_VALUE);
    Model stolen =
        Distillation.of(epochs)
            .steal(
                BlackBox.of(SuspectModel.of(owner.network())),
                thiefs,
                Architecture.of(owner.network()),
                seed,
                AttackListener.NONE);
    AttackData held = AttackData.read(test.iterator(BATCH), Integer.MAX_VALUE);
    return " | "
        + figures(owner.network(), held, measurement)
        + " | "
        + figures(stolen, held, measurement);
  }

  private static String figures(Model model, AttackData test, MarkMeasurement measurement) {
    MarkRates rates = measurement.on(SuspectModel.of(model));
    return String.format(
        Locale.ROOT,
        "%.1f / %.1f / %.1f",
        100 * Networks.accuracy(model, test),
        100 * rates.watermarkSuccessRate(),
        100 * rates.falsePositiveRate());
  }
}
