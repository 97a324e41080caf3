package org.meadefender.samples.calibration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.annotations.Combine;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.TrainTest;
import org.meadefender.spec.KeyedRandom;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.ProtectedModel;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.OwnershipVerifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts false verdicts: of models without a mark, of random other keys on marked models and on
 * copies of them, and of a claimant who picks the unmarked model's worst class triple.
 *
 * <p>Arguments: an image directory or {@code drawn}; then optionally the training images of each
 * model (3000), epochs (4), unmarked models (12), keys per model (10).
 */
public final class NullCalibration {
  private static final Logger log = LoggerFactory.getLogger(NullCalibration.class);
  private static final int BATCH = 256;
  private static final int SEED = 1000;
  private static final int KEYS_ON_MARKED = 110;

  /** Rows that the claimant spends on each triple before picking the worst. */
  private static final int SEARCH_ROWS = 100;

  /** Every so many unmarked models the worst triple is searched for. */
  private static final int SEARCHED_MODELS = 3;

  private static final int SEARCHED_IMAGES = 1000;

  private final ImageSet train;
  private final ImageSet test;
  private final int images;
  private final int epochs;

  private NullCalibration(TrainTest data, int images, int epochs) {
    this.train = data.train().shuffled(SEED);
    this.test = data.test();
    this.images = images;
    this.epochs = epochs;
  }

  /** Runs the calibration and logs its table. */
  public static void main(String[] args) {
    int images = args.length > 1 ? Integer.parseInt(args[1]) : 3000;
    int epochs = args.length > 2 ? Integer.parseInt(args[2]) : 4;
    int models = args.length > 3 ? Integer.parseInt(args[3]) : 12;
    int keys = args.length > 4 ? Integer.parseInt(args[4]) : 10;
    TrainTest data =
        args.length == 0 || args[0].equals("drawn")
            ? ImageSets.drawn(400, 200, SEED)
            : ImageSets.load(Path.of(args[0]));
    List<Tally> table = new NullCalibration(data, images, epochs).run(models, keys);
    log.info("| trial | pairs | Owned | NotOwned | Inconclusive | mean WSR | highest WSR |");
    log.info("|---|---|---|---|---|---|---|");
    table.forEach(tally -> log.info(tally.row()));
  }

  private List<Tally> run(int models, int keys) {
    List<Tally> table = new ArrayList<>();
    Tally random = new Tally("unmarked models, random keys");
    Tally worst = new Tally("unmarked models, their worst triple picked");
    for (int i = 0; i < models; i++) {
      MultiLayerNetwork model = CalibrationNetworks.clean(i, part(i), epochs, SEED + i + 1L);
      for (int k = 0; k < keys; k++) {
        random.add(verify(model, SEED + 100 * i + k));
      }
      if (i % SEARCHED_MODELS == 0) {
        for (Combine kind : Combine.values()) {
          worst.add(verifyWorst(model, kind, SEED + i));
        }
      }
      log.info("unmarked model {}: {} / {}", i, random.row(), worst.row());
    }
    table.add(random);
    table.add(worst);
    for (Combine kind : Combine.values()) {
      table.addAll(marked(kind));
    }
    return table;
  }

  /** The right key and random other ones, on a marked model and on a copy. */
  private List<Tally> marked(Combine kind) {
    OwnerKey owner = OwnerKey.insecureFromSeed(SEED);
    List<WatermarkSpec> specs = List.of(WatermarkSpec.of(0, 1, 0.1).withCombine(kind));
    ProtectedModel<MultiLayerNetwork> victim =
        ProtectedModel.create(
            specs,
            owner,
            CalibrationNetworks.configuration(0, train.classes(), train.shape(), SEED));
    victim.fit(part(0).shuffledIterator(64, SEED), 2 * epochs);
    MultiLayerNetwork copy =
        CalibrationNetworks.copy(victim.network(), 1, part(1), 2 * epochs, SEED + 1L);
    Tally ownerOnVictim = new Tally(kind + ", the owner's key on the marked model");
    ownerOnVictim.add(verify(specs, owner, victim.network()));
    Tally ownerOnCopy = new Tally(kind + ", the owner's key on a copy");
    ownerOnCopy.add(verify(specs, owner, copy));
    Tally othersOnVictim = new Tally(kind + ", other keys on the marked model");
    Tally othersOnCopy = new Tally(kind + ", other keys on a copy");
    for (int k = 0; k < KEYS_ON_MARKED; k++) {
      othersOnVictim.add(verify(victim.network(), 2 * SEED + k));
      othersOnCopy.add(verify(copy, 2 * SEED + k));
    }
    List<Tally> tallies = List.of(ownerOnVictim, ownerOnCopy, othersOnVictim, othersOnCopy);
    tallies.forEach(tally -> log.info(tally.row()));
    return tallies;
  }

  private ImageSet part(int index) {
    int start = (int) ((long) index * images % Math.max(1, train.size() - images + 1));
    return train.slice(start, Math.min(train.size(), start + images));
  }

  /** A key with a triple and a kind of combiner drawn from it. */
  private org.meadefender.verify.OwnershipVerdict verify(MultiLayerNetwork model, long seed) {
    OwnerKey key = OwnerKey.insecureFromSeed(seed);
    KeyedRandom random = key.random("calibration");
    int sourceA = random.nextInt(train.classes());
    int sourceB = (sourceA + 1 + random.nextInt(train.classes() - 1)) % train.classes();
    Combine kind = List.of(Combine.values()).get(random.nextInt(Combine.values().length));
    return verify(List.of(WatermarkSpec.of(sourceA, sourceB, 0.1).withCombine(kind)), key, model);
  }

  private org.meadefender.verify.OwnershipVerdict verify(
      List<WatermarkSpec> specs, OwnerKey key, MultiLayerNetwork model) {
    return OwnershipVerifier.verify(specs, key, SuspectModel.of(model), test.iterator(BATCH));
  }

  /** What a claimant does who may query the stranger's model before choosing what to claim. */
  private org.meadefender.verify.OwnershipVerdict verifyWorst(
      MultiLayerNetwork model, Combine kind, long seed) {
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
    return verify(List.of(worst), key, model);
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
