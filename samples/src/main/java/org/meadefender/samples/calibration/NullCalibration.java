package org.meadefender.samples.calibration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.annotations.Combine;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.TrainTest;
import org.meadefender.release.ModelRelease;
import org.meadefender.samples.models.SampleKeys;
import org.meadefender.spec.KeyedRandom;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.ProtectedModel;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.verify.VerificationOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts false verdicts: of models without a mark, of random other keys on marked models and on
 * copies of them, and of a claimant who picks the unmarked model's worst class triple; each by
 * itself, and beside an independent model.
 *
 * <p>Models and verdicts are kept in a directory; a run that was stopped goes on where it was.
 */
public final class NullCalibration {
  private static final Logger log = LoggerFactory.getLogger(NullCalibration.class);
  private static final String DRAWN = "drawn";
  private static final int BATCH = 256;
  private static final int SEED = 1000;

  /** Rows that the claimant spends on each triple before picking the worst. */
  private static final int SEARCH_ROWS = 100;

  /** Every so many unmarked models the worst triple is searched for. */
  private static final int SEARCHED_MODELS = 3;

  private static final int SEARCHED_IMAGES = 1000;

  /** What random claimants use: the kinds that need nothing but a key. */
  private static final List<Combine> CLAIMED =
      List.of(Combine.CROP_AND_PASTE, Combine.PIXEL_MERGING, Combine.STRIPES);

  private final ImageSet train;
  private final ImageSet test;
  private final Scale scale;
  private final Path directory;
  private final TrialLog trials;

  /** An unmarked model that is no suspect. */
  private final MultiLayerNetwork reference;

  /**
   * How much is done.
   *
   * @param images training images of each model
   * @param epochs of unmarked models; marked ones and copies take twice as many
   * @param models unmarked models
   * @param keys keys on each unmarked model
   * @param otherKeys other keys on each marked model, and on each copy
   */
  record Scale(int images, int epochs, int models, int keys, int otherKeys) {
    /** 120 pairs of unmarked model and key, 110 other keys on each marked model and copy. */
    static final Scale FULL = new Scale(3000, 4, 12, 10, 110);
  }

  private NullCalibration(String name, TrainTest data, Scale scale, Path directory) {
    this.train = data.train().shuffled(SEED);
    this.test = data.test();
    this.scale = scale;
    this.directory = directory;
    this.trials = TrialLog.open(directory.resolve("trials.jsonl"), name + ", " + scale);
    int own = scale.models();
    this.reference =
        trained(
            "reference",
            () -> CalibrationNetworks.clean(own, part(own), scale.epochs(), SEED + own + 1L));
  }

  /**
   * Runs the calibration and leaves its table in {@code table.md}.
   *
   * <p>The system property {@code data} may name an image directory; otherwise images are drawn.
   *
   * @param args the directory for the results
   */
  public static void main(String[] args) throws IOException {
    String data = System.getProperty("data", "");
    log.info("\n{}", run(Path.of(args[0]), data.isBlank() ? DRAWN : data, Scale.FULL));
  }

  static String run(Path directory, String data, Scale scale) throws IOException {
    Files.createDirectories(directory);
    TrainTest images =
        data.equals(DRAWN) ? ImageSets.drawn(400, 200, SEED) : ImageSets.load(Path.of(data));
    NullCalibration calibration = new NullCalibration(data, images, scale, directory);
    for (int i = 0; i < scale.models(); i++) {
      calibration.unmarked(i);
    }
    for (Combine kind : Combine.values()) {
      calibration.marked(kind);
    }
    String table = calibration.trials.table();
    Files.writeString(directory.resolve("table.md"), table);
    return table;
  }

  private void unmarked(int index) {
    MultiLayerNetwork model =
        trained(
            "unmarked-" + index,
            () -> CalibrationNetworks.clean(index, part(index), scale.epochs(), SEED + index + 1L));
    for (int k = 0; k < scale.keys(); k++) {
      long seed = SEED + 100L * index + k;
      trial("unmarked models, random keys", seed, () -> random(seed), model);
    }
    if (index % SEARCHED_MODELS == 0) {
      for (Combine kind : CLAIMED) {
        trial(
            "unmarked models, their worst triple picked, " + kind,
            SEED + index,
            () -> worst(model, kind, SEED + index),
            model);
      }
    }
    log.info("Unmarked model {} of {} is done", index + 1, scale.models());
  }

  /** The right key and random other ones, on a marked model and on a copy. */
  private void marked(Combine kind) {
    OwnerKey owner = SampleKeys.of(SEED, kind, part(0));
    List<WatermarkSpec> specs = List.of(WatermarkSpec.of(0, 1, 0.1).withCombine(kind));
    MultiLayerNetwork victim =
        trained(
            "marked-" + kind,
            () -> {
              ProtectedModel<MultiLayerNetwork> model =
                  ProtectedModel.create(
                      specs,
                      owner,
                      CalibrationNetworks.configuration(0, train.classes(), train.shape(), SEED));
              model.fit(part(0).shuffledIterator(64, SEED), 2 * scale.epochs());
              return model.network();
            });
    MultiLayerNetwork copy =
        trained(
            "copy-" + kind,
            () -> CalibrationNetworks.copy(victim, 1, part(1), 2 * scale.epochs(), SEED + 1L));
    Claim own = new Claim(specs, owner);
    trial(kind + ", the owner's key on the marked model", 0, () -> own, victim);
    trial(kind + ", the owner's key on a copy", 0, () -> own, copy);
    for (int k = 0; k < scale.otherKeys(); k++) {
      long seed = 2L * SEED + k;
      trial(kind + ", other keys on the marked model", seed, () -> random(seed), victim);
      trial(kind + ", other keys on a copy", seed, () -> random(seed), copy);
    }
    log.info("Marked models with {} are done", kind);
  }

  /** Trains a model, or takes it from the directory. */
  private MultiLayerNetwork trained(String name, Supplier<MultiLayerNetwork> training) {
    Path file = directory.resolve(name + ".zip");
    if (!Files.exists(file)) {
      ModelRelease.write(training.get(), file);
    }
    MultiLayerNetwork model = (MultiLayerNetwork) SuspectModel.loadNetwork(file);
    Acceleration.enable(model);
    return model;
  }

  private ImageSet part(int index) {
    int images = Math.min(scale.images(), train.size());
    int start = (int) ((long) index * images % (train.size() - images + 1));
    return train.slice(start, start + images);
  }

  /** What somebody says is theirs. */
  private record Claim(List<WatermarkSpec> specs, OwnerKey key) {}

  /** A claim on a model, judged by itself and beside the reference. */
  private void trial(String name, long seed, Supplier<Claim> claim, MultiLayerNetwork model) {
    trials.run(name, seed, () -> verify(claim.get(), model, VerificationOptions.DEFAULT));
    trials.run(
        name + ", beside an independent model",
        seed,
        () ->
            verify(
                claim.get(),
                model,
                VerificationOptions.DEFAULT.withIndependent(SuspectModel.of(reference))));
  }

  private OwnershipVerdict verify(
      Claim claim, MultiLayerNetwork model, VerificationOptions options) {
    return OwnershipVerifier.of(claim.specs(), claim.key())
        .withOptions(options)
        .verify(SuspectModel.of(model), test.iterator(BATCH));
  }

  /** A key with a triple and a kind of combiner drawn from it. */
  private Claim random(long seed) {
    OwnerKey key = OwnerKey.insecureFromSeed(seed);
    KeyedRandom random = key.random("calibration");
    int sourceA = random.nextInt(train.classes());
    int sourceB = (sourceA + 1 + random.nextInt(train.classes() - 1)) % train.classes();
    Combine kind = CLAIMED.get(random.nextInt(CLAIMED.size()));
    return new Claim(List.of(WatermarkSpec.of(sourceA, sourceB, 0.1).withCombine(kind)), key);
  }

  /** What a claimant picks who may query the stranger's model before choosing what to claim. */
  private Claim worst(MultiLayerNetwork model, Combine kind, long seed) {
    OwnerKey key = OwnerKey.insecureFromSeed(seed);
    int classes = train.classes();
    WatermarkSpec worst =
        IntStream.range(0, classes * classes)
            .filter(pair -> pair / classes < pair % classes)
            .mapToObj(pair -> WatermarkSpec.of(pair / classes, pair % classes, 0.1))
            .map(spec -> spec.withCombine(kind))
            .flatMap(
                spec ->
                    IntStream.range(0, classes)
                        .filter(c -> c != spec.sourceA() && c != spec.sourceB())
                        .mapToObj(spec::withTarget))
            .max(Comparator.comparingDouble(spec -> rate(spec, key, model)))
            .orElseThrow();
    return new Claim(List.of(worst), key);
  }

  private double rate(WatermarkSpec spec, OwnerKey key, MultiLayerNetwork model) {
    return MarkMeasurement.prepare(
            Watermark.derive(spec, key, train.classes()), searchData(), SEARCH_ROWS)
        .watermarkSuccessRate(SuspectModel.of(model));
  }

  private org.nd4j.linalg.dataset.api.iterator.DataSetIterator searchData() {
    return test.take(SEARCHED_IMAGES).iterator(BATCH);
  }
}
