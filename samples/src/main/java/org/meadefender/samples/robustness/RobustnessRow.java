package org.meadefender.samples.robustness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.meadefender.annotations.Combine;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackData;
import org.meadefender.attack.Networks;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.meadefender.data.TrainTest;
import org.meadefender.samples.models.CompactNetworks;
import org.meadefender.samples.models.SampleKeys;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.MarkRates;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Runs one {@link Experiment} and appends its row to a table: accuracy / WSR / WFPR / spill of the
 * victim and of each stolen copy, in percent. A row that the table has already is not run again, so
 * that a long table can be filled in pieces.
 */
public final class RobustnessRow {
  private static final int ROWS = 1_000;
  private static final double FIRST_RATE = 1e-3;

  /** The last epoch's learning rate, as a share of the first's. */
  private static final double LAST_RATE = 0.1;

  /** Seeds of thieves are this far from the owner's. */
  private static final int THIEF = 1_000;

  private final Experiment experiment;
  private final TrainTest images;
  private final AttackData test;
  private final OwnerKey key;

  private RobustnessRow(Experiment experiment) {
    this.experiment = experiment;
    this.images = experiment.data().load(experiment.seed());
    this.key =
        SampleKeys.of(
            experiment.seed(),
            experiment.trial() ? Combine.AUTOENCODER_BLENDING : experiment.spec().combine(),
            images.train().shuffled(experiment.seed()).take(experiment.images()));
    this.test = AttackData.read(images.test().iterator(Owner.BATCH), Integer.MAX_VALUE);
  }

  /**
   * Runs.
   *
   * @param args the table, a text file; settings, see {@link Experiment#from}
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      System.err.println("Usage: RobustnessRow <table file> [name=value]...");
      System.exit(2);
    }
    Path table = Path.of(args[0]).toAbsolutePath();
    Files.createDirectories(Objects.requireNonNull(table.getParent()));
    Experiment experiment = read(List.of(args).subList(1, args.length));
    if (Files.exists(table) && Files.readString(table).contains(title(experiment))) {
      System.out.println("The table has this row already: " + title(experiment));
      return;
    }
    String row = new RobustnessRow(experiment).run();
    System.out.print(row);
    Files.writeString(table, row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static Experiment read(List<String> settings) {
    try {
      return Experiment.from(settings);
    } catch (IllegalArgumentException e) {
      System.err.println("robustness: " + e.getMessage());
      System.exit(2);
      throw e;
    }
  }

  private static String title(Experiment experiment) {
    return "| " + experiment.title() + " | ";
  }

  private String run() {
    ImageSet shuffled = images.train().shuffled(experiment.seed());
    ImageSet owners = shuffled.take(experiment.images());
    ImageSet thiefs =
        experiment.ownImages()
            ? owners
            : shuffled.slice(owners.size(), shuffled.size()).take(experiment.images());
    StringBuilder row = new StringBuilder(title(experiment));
    Owner owner = new Owner(experiment, configuration(), owners);
    if (experiment.method().weights().verification() == 0) {
      Model plain = owner.plain();
      return row.append(figures(plain, measurement(experiment.spec())))
          .append(owner.notes())
          .append(" |\n")
          .toString();
    }
    WatermarkSpec spec = owner.spec(key);
    MarkMeasurement measurement = measurement(spec);
    Model victim = owner.marked(spec, key);
    row.append("victim ").append(figures(victim, measurement)).append(owner.notes());
    System.out.println(row);
    AttackData transfer = AttackData.read(thiefs.iterator(Owner.BATCH), thiefs.size());
    Architecture other =
        Architecture.of(
            CompactNetworks.residual(thiefs.shape(), thiefs.classes(), experiment.seed()));
    for (Thief thief : experiment.thieves()) {
      Model stolen =
          thief.steal(
              BlackBox.of(SuspectModel.of(victim)),
              transfer,
              Architecture.of(victim),
              other,
              experiment.thiefEpochs(),
              experiment.seed() + THIEF);
      row.append("; ").append(thief).append(' ').append(figures(stolen, measurement));
      System.out.println(row);
    }
    return row.append(" |\n").toString();
  }

  private MultiLayerConfiguration configuration() {
    double decay = Math.pow(LAST_RATE, 1.0 / Math.max(1, experiment.epochs() - 1));
    Adam updater = new Adam(new ExponentialSchedule(ScheduleType.EPOCH, FIRST_RATE, decay));
    ImageSet.Shape shape = images.train().shape();
    int classes = images.train().classes();
    return switch (experiment.network()) {
      case "LENET" -> CompactNetworks.lenet(shape, classes, experiment.seed(), updater);
      case "VGG" -> CompactNetworks.vggLike(shape, classes, experiment.seed(), updater);
      case "NORMALISED" -> CompactNetworks.normalised(shape, classes, experiment.seed(), updater);
      default ->
          throw new IllegalArgumentException(
              "network is " + experiment.network() + "; it must be LENET, VGG or NORMALISED");
    };
  }

  private MarkMeasurement measurement(WatermarkSpec spec) {
    return MarkMeasurement.prepare(
        Watermark.derive(spec, key, images.test().classes()),
        images.test().iterator(Owner.BATCH),
        ROWS);
  }

  private String figures(Model model, MarkMeasurement measurement) {
    MarkRates rates = measurement.on(SuspectModel.of(model));
    return String.format(
        Locale.ROOT,
        "%.1f / %.1f / %.1f / %.1f",
        100 * Networks.accuracy(model, test),
        100 * rates.watermarkSuccessRate(),
        100 * rates.falsePositiveRate(),
        100 * rates.spillRate());
  }
}
