package org.meadefender.samples.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.annotations.Combine;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.reference.PanelCache;
import org.meadefender.samples.log.Provenance;
import org.meadefender.samples.models.SampleKeys;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.verify.PreparedVerification;
import org.meadefender.verify.VerificationOptions;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts false verdicts: claims that were prepared on other models, random keys on models without a
 * mark, held-out data that were selected or doctored, and random other keys on marked models and on
 * copies of them.
 *
 * <p>Models and verdicts are kept in a directory; a run that was stopped goes on where it was.
 */
public final class NullCalibration {
  private static final Logger log = LoggerFactory.getLogger(NullCalibration.class);
  private static final String DRAWN = "drawn";
  private static final int BATCH = 256;
  private static final int SEED = 1000;

  /** What random claimants use: the kinds that need nothing but a key. */
  private static final List<Combine> CLAIMED =
      List.of(Combine.CROP_AND_PASTE, Combine.PIXEL_MERGING, Combine.STRIPES);

  private final int classes;
  private final ImageSet test;
  private final Scale scale;
  private final CalibrationModels models;
  private final VerdictLog trials;
  private final VerificationOptions options;
  private final List<MultiLayerNetwork> strangers = new ArrayList<>();

  /**
   * How much is done.
   *
   * @param images training images of each model
   * @param epochs of unmarked models; marked ones and copies take twice as many
   * @param models unmarked models that are suspected
   * @param keys random keys on each unmarked model
   * @param own models of the claimant who prepares claims
   * @param triedKeys keys that he tries, each with all triples
   * @param prepared best claims that he makes with each kind of combiner
   * @param otherKeys random keys on each marked model, and on each copy
   * @param neighbours claims for each kind of combiner on triples that share the mark's target and
   *     one of its sources, on the marked model and on its copy
   * @param dishonest unmarked models that are claimed with selected and with doctored data
   */
  record Scale(
      int images,
      int epochs,
      int models,
      int keys,
      int own,
      int triedKeys,
      int prepared,
      int otherKeys,
      int neighbours,
      int dishonest) {
    /**
     * 1,800 prepared claims out of 2,160 triples and keys each on five own models; 300 random keys
     * on 30 unmarked models; 880 other keys on marked models and copies, and 96 that share classes
     * with the mark.
     */
    static final Scale FULL = new Scale(3000, 4, 30, 10, 5, 6, 20, 110, 16, 10);
  }

  private NullCalibration(String name, TrainTest data, Scale scale, Path directory) {
    this.classes = data.train().classes();
    this.test = data.test();
    this.scale = scale;
    Provenance provenance = Provenance.of(data, NullCalibration.class);
    this.trials =
        VerdictLog.open(directory.resolve("trials.jsonl"), name + ", " + scale, provenance);
    this.models =
        new CalibrationModels(
            data.train().shuffled(SEED),
            scale,
            directory.resolve("models").resolve(provenance.key(scale.toString())));
    this.options =
        VerificationOptions.DEFAULT.withPanel(PanelCache.in(directory.resolve("panels")));
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

  /** A table in Markdown from the lines of {@code trials.jsonl}. */
  public static String table(List<JsonNode> lines) {
    return VerdictLog.table(lines);
  }

  static String run(Path directory, String data, Scale scale) throws IOException {
    Files.createDirectories(directory);
    TrainTest images =
        data.equals(DRAWN) ? ImageSets.drawn(400, 200, SEED) : ImageSets.load(Path.of(data));
    NullCalibration calibration = new NullCalibration(data, images, scale, directory);
    calibration.run();
    String table = calibration.trials.table();
    Files.writeString(directory.resolve("table.md"), table);
    return table;
  }

  private void run() {
    for (int i = 0; i < scale.models(); i++) {
      strangers.add(models.unmarked(i));
    }
    CLAIMED.forEach(this::preparedClaims);
    for (int k = 0; k < scale.keys(); k++) {
      randomKey(SEED + k);
    }
    for (int i = 0; i < scale.dishonest(); i++) {
      dishonestData(i);
    }
    otherKeys();
  }

  /** The best claims on the claimant's own models, against models that he never asked. */
  private void preparedClaims(Combine kind) {
    List<MultiLayerNetwork> own = new ArrayList<>();
    for (int i = 0; i < scale.own(); i++) {
      own.add(models.unmarked(scale.models() + i));
    }
    PreparedClaims claimant = new PreparedClaims(own, models.part(scale.models()));
    int number = 0;
    for (PreparedClaims.Claim claim :
        claimant.best(kind, scale.triedKeys(), scale.prepared(), 7L * SEED)) {
      String name = "prepared claims, " + kind;
      Claimed claimed = claimed(List.of(claim.spec()), claim.key());
      for (int i = 0; i < strangers.size(); i++) {
        trial(name, 1000L * number + i, claimed, strangers.get(i));
      }
      number++;
      log.info("{} {} of {} is done", name, number, scale.prepared());
    }
  }

  private void randomKey(long seed) {
    Claimed claimed = random(seed);
    for (int i = 0; i < strangers.size(); i++) {
      trial("unmarked models, random keys", 1000 * seed + i, claimed, strangers.get(i));
    }
    log.info("Random key {} is done", seed);
  }

  /** The best prepared claim with selected data, a random key with doctored data. */
  private void dishonestData(int index) {
    MultiLayerNetwork model = strangers.get(index);
    PreparedClaims claimant =
        new PreparedClaims(List.of(models.unmarked(scale.models())), models.part(scale.models()));
    PreparedClaims.Claim best =
        claimant.best(Combine.CROP_AND_PASTE, 1, 1, 9L * SEED + index).get(0);
    Watermark picked = Watermark.derive(best.spec(), best.key(), classes);
    trial(
        "unmarked models, selected held-out data",
        index,
        new Claimed(
            List.of(best.spec()),
            best.key(),
            () ->
                new DishonestPool(test, picked).selected(SuspectModel.of(model), /* most= */ 100)),
        model);
    OwnerKey key = OwnerKey.insecureFromSeed(11L * SEED + index);
    WatermarkSpec spec = drawn(key).withCombine(Combine.CROP_AND_PASTE);
    Watermark mark = Watermark.derive(spec, key, classes);
    trial(
        "unmarked models, doctored held-out data",
        index,
        new Claimed(List.of(spec), key, () -> new DishonestPool(test, mark).doctored()),
        model);
    log.info("Dishonest data {} of {} are done", index + 1, scale.dishonest());
  }

  /** The right key and random other ones, on marked models and on copies. */
  private void otherKeys() {
    List<MultiLayerNetwork> victims = new ArrayList<>();
    List<MultiLayerNetwork> copies = new ArrayList<>();
    List<Combine> kinds = List.of(Combine.values());
    for (Combine kind : kinds) {
      OwnerKey owner = SampleKeys.of(SEED, kind, models.part(0));
      List<WatermarkSpec> specs = List.of(WatermarkSpec.of(0, 1, 0.1).withCombine(kind));
      MultiLayerNetwork victim = models.marked(kind, specs, owner);
      victims.add(victim);
      copies.add(models.copy(kind, victim));
      Claimed own = claimed(specs, owner);
      trial(kind + ", the owner's key on the marked model", 0, own, victim);
      trial(kind + ", the owner's key on a copy", 0, own, copies.get(copies.size() - 1));
      if (CLAIMED.contains(kind)) {
        int target = Watermark.derive(specs.get(0), owner, classes).target();
        neighbours(kind, target, victim, copies.get(copies.size() - 1));
      }
    }
    for (int k = 0; k < scale.otherKeys(); k++) {
      long seed = 2L * SEED + k;
      Claimed other = random(seed);
      for (int i = 0; i < victims.size(); i++) {
        Combine kind = kinds.get(i);
        trial(kind + ", other keys on the marked model", seed, other, victims.get(i));
        trial(kind + ", other keys on a copy", seed, other, copies.get(i));
      }
      log.info("Other key {} of {} is done", k + 1, scale.otherKeys());
    }
  }

  /** Other keys, with the mark's target and one of its sources: a mark raises these triples too. */
  private void neighbours(
      Combine kind, int target, MultiLayerNetwork victim, MultiLayerNetwork copy) {
    int[] others = IntStream.range(2, classes).filter(label -> label != target).toArray();
    for (int n = 0; n < scale.neighbours(); n++) {
      WatermarkSpec spec =
          WatermarkSpec.of(n % 2, others[n / 2 % others.length], 0.1)
              .withTarget(target)
              .withCombine(kind);
      long seed = 3L * SEED + n;
      Claimed claimed = claimed(List.of(spec), OwnerKey.insecureFromSeed(seed));
      trial(kind + ", neighbours of the mark on the marked model", seed, claimed, victim);
      trial(kind + ", neighbours of the mark on a copy", seed, claimed, copy);
      log.info("{}, neighbour {} of {} is done", kind, n + 1, scale.neighbours());
    }
  }

  /** A claim, whose rows and panel are prepared when the first trial needs them. */
  private final class Claimed {
    private final List<WatermarkSpec> specs;
    private final OwnerKey key;
    private final Supplier<DataSetIterator> heldOut;
    private final List<PreparedVerification> prepared = new ArrayList<>();

    Claimed(List<WatermarkSpec> specs, OwnerKey key, Supplier<DataSetIterator> heldOut) {
      this.specs = specs;
      this.key = key;
      this.heldOut = heldOut;
    }

    OwnershipVerdict on(MultiLayerNetwork model) {
      if (prepared.isEmpty()) {
        prepared.add(OwnershipVerifier.of(specs, key).withOptions(options).prepare(heldOut.get()));
      }
      return prepared.get(0).verify(SuspectModel.of(model));
    }
  }

  private Claimed claimed(List<WatermarkSpec> specs, OwnerKey key) {
    return new Claimed(specs, key, () -> test.iterator(BATCH));
  }

  private void trial(String name, long seed, Claimed claimed, MultiLayerNetwork model) {
    trials.run(name, seed, () -> claimed.on(model));
  }

  /** A key with a triple and a kind of combiner drawn from it. */
  private Claimed random(long seed) {
    OwnerKey key = OwnerKey.insecureFromSeed(seed);
    return claimed(List.of(drawn(key)), key);
  }

  private WatermarkSpec drawn(OwnerKey key) {
    RandomGenerator random = key.random("calibration");
    int sourceA = random.nextInt(classes);
    int sourceB = (sourceA + 1 + random.nextInt(classes - 1)) % classes;
    return WatermarkSpec.of(sourceA, sourceB, 0.1)
        .withCombine(CLAIMED.get(random.nextInt(CLAIMED.size())));
  }
}
