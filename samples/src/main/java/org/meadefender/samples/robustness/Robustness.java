package org.meadefender.samples.robustness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.advice.WatermarkAdvisor;
import org.meadefender.annotations.Combine;
import org.meadefender.attack.Accuracy;
import org.meadefender.attack.Architecture;
import org.meadefender.audit.AttackContext;
import org.meadefender.audit.AttackScale;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.data.LabelledSamples;
import org.meadefender.internal.WholeFile;
import org.meadefender.samples.log.JsonLines;
import org.meadefender.samples.log.Provenance;
import org.meadefender.samples.models.CompactNetworks;
import org.meadefender.samples.models.SampleKeys;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.verify.PreparedVerification;
import org.meadefender.verify.VerificationOptions;

/**
 * Runs one {@link Experiment}: trains the owner's network, lets thieves steal it, and measures each
 * model on held-out images. What has been measured is in a file, and is not run again by the same
 * program on the same data, so that a long table can be filled in pieces and a run that was stopped
 * goes on. The models are kept too: without that file they are measured afresh, but not made again.
 */
public final class Robustness {
  /** Channels of the other architecture; twice as many cost four times as much. */
  private static final int OTHER_WIDTH = 16;

  /** Seeds of thieves are this far from the owner's. */
  private static final int THIEF = 1_000;

  /** The seed of the network that verdicts are given beside is this far from the owner's. */
  private static final int REFERENCE = 500;

  /** Until one has a low null rate. */
  private static final int TRIPLES_TO_TRY = 10;

  /** Seeds of further drawn classes are this far apart. */
  private static final long DRAW = 100;

  private static final String VICTIM = Thief.VICTIM;

  /** Samples that a removing thief has true labels of. */
  private static final int LABELLED = 5_000;

  private static final int REMOVAL_EPOCHS = 5;

  private final Experiment experiment;
  private final JsonLines log;
  private final KeptModels kept;

  /** Classifiers without a mark, which settings of the mark share. */
  private final KeptModels unmarked;

  private final TrainTest images;
  private final Provenance provenance;
  private final LabelledSamples test;
  private final ImageSet owners;
  private final OwnerKey key;
  private final Owner owner;

  private Robustness(Experiment asked, JsonLines log, Path models) {
    this.log = log;
    this.images = asked.data().load(asked.seed());
    this.provenance = Provenance.of(images, Robustness.class);
    this.unmarked = keptModels(models, asked.unmarkedSetting());
    this.owners = images.train().shuffled(asked.seed()).take(asked.images());
    this.key =
        SampleKeys.of(
            asked.seed(),
            asked.comparesCombiners()
                ? Combine.AUTOENCODER_BLENDING
                : asked.specs().get(0).combine(),
            owners);
    this.test = LabelledSamples.read(images.test().iterator(Owner.BATCH));
    this.experiment =
        switch (asked.choice()) {
          case GIVEN -> asked;
          case ADVISED -> asked.withSpecs(advised(asked));
          case REGISTRABLE -> asked.withSpecs(registrable(asked));
        };
    this.owner = new Owner(experiment, owners);
    this.kept = keptModels(models, experiment.setting() + experiment.run());
  }

  /** The drawn classes, or those that suit a network without a mark better. */
  private List<WatermarkSpec> advised(Experiment asked) {
    Owner alone = new Owner(asked, owners);
    WatermarkAdvisor.Advice advice =
        WatermarkAdvisor.of(SuspectModel.of(unmarked.get(Thief.UNMARKED, alone::unmarked)), key)
            .advise(asked.specs().get(0), alone.heldOut(), images.test().classes(), TRIPLES_TO_TRY);
    System.out.println(advice);
    return List.of(advice.better());
  }

  /** The first drawn classes that a registration takes. */
  private List<WatermarkSpec> registrable(Experiment asked) {
    WatermarkSpec spec = asked.specs().get(0);
    for (int i = 0; i < TRIPLES_TO_TRY; i++) {
      int[] drawn = ClassTriples.of(ClassTriples.DRAWN, 1, asked.seed() + (long) i * DRAW).get(0);
      List<WatermarkSpec> specs =
          List.of(
              WatermarkSpec.of(drawn[0], drawn[1], spec.ratio())
                  .withTarget(drawn[2])
                  .withCombine(spec.combine()));
      PreparedVerification prepared =
          OwnershipVerifier.of(specs, key).prepare(images.test().iterator(Owner.BATCH));
      System.out.println(specs + ": " + prepared.nullRates());
      try {
        prepared.refuseConfusable();
        return specs;
      } catch (IllegalArgumentException natural) {
        System.out.println(natural.getMessage());
      }
    }
    throw new IllegalStateException(
        "None of " + TRIPLES_TO_TRY + " drawn triples can be registered with this key");
  }

  /** Of this program, data and platform: a changed program makes its models anew. */
  private KeptModels keptModels(Path models, String what) {
    return new KeptModels(models.resolve(provenance.key(what)));
  }

  /**
   * Runs.
   *
   * @param args the directory of the results; settings, see {@link Experiment#from}
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      System.err.println("Usage: Robustness <directory> [name=value]...");
      System.exit(2);
    }
    Path directory = Path.of(args[0]).toAbsolutePath();
    JsonLines log = new JsonLines(directory.resolve("results.jsonl"));
    Experiment experiment = read(List.of(args).subList(1, args.length));
    new Robustness(experiment, log, directory.resolve("models")).run();
    String table = table(log.read());
    WholeFile.write(directory.resolve("table.md"), file -> Files.writeString(file, table));
  }

  /** Tables in Markdown from the lines of {@code results.jsonl}. */
  public static String table(List<JsonNode> lines) {
    return ResultTable.of(lines.stream().map(Measured::from).toList());
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

  private Optional<Measured> earlier(String model) {
    return log.read().stream()
        .map(Measured::from)
        .filter(
            each ->
                provenance.continues(each.provenance())
                    && each.setting().equals(experiment.setting())
                    && each.run().equals(experiment.run())
                    && each.model().equals(model))
        .findFirst();
  }

  private void run() {
    List<WatermarkSpec> specs =
        earlier(VICTIM)
            .map(each -> withCombine(Combine.valueOf(each.combiner())))
            .orElseGet(() -> owner.specs(key));
    Measurements measurements =
        Measurements.of(
            experiment,
            Watermark.deriveAll(specs, key, images.test().classes()),
            images.test(),
            owners,
            this::transfer,
            experiment.seed() + THIEF);
    for (Thief thief : experiment.thieves()) {
      if (!thief.name().equals(Thief.UNMARKED)) {
        measure(VICTIM, specs, measurements, () -> victim(specs), owner::notes);
      }
      if (!thief.name().equals(VICTIM)) {
        measure(thief.name(), specs, measurements, () -> stolen(thief, specs), () -> "");
      }
    }
  }

  private List<WatermarkSpec> withCombine(Combine combine) {
    return experiment.specs().stream().map(spec -> spec.withCombine(combine)).toList();
  }

  private void measure(
      String name,
      List<WatermarkSpec> specs,
      Measurements measurements,
      Supplier<Model> model,
      Supplier<String> notes) {
    if (earlier(name).isPresent()) {
      return;
    }
    Model made = model.get();
    SuspectModel suspect = SuspectModel.of(made);
    Measured measured =
        Measured.of(
            experiment,
            name,
            specs.get(0).combine().name(),
            Accuracy.of(made, test),
            measurements.answers(suspect),
            measurements.rates(suspect),
            verify(specs, suspect, VerificationOptions.DEFAULT),
            experiment.reference()
                ? verify(
                        specs, suspect, VerificationOptions.DEFAULT.withReferenceModel(reference()))
                    .name()
                : "",
            notes.get(),
            provenance);
    log.add(measured.toJson());
    System.out.println(measured);
  }

  private OwnershipVerdict verify(
      List<WatermarkSpec> specs, SuspectModel suspect, VerificationOptions options) {
    return OwnershipVerifier.of(specs, key)
        .withOptions(options)
        .verify(suspect, images.test().iterator(Owner.BATCH));
  }

  /** A network without a mark, for verdicts beside it; it is none of the suspects. */
  private SuspectModel reference() {
    return SuspectModel.of(
        unmarked.get(
            "REFERENCE",
            () ->
                new Owner(experiment.withSeed(experiment.seed() + REFERENCE), owners).unmarked()));
  }

  private Model victim(List<WatermarkSpec> specs) {
    if (experiment.takesNotes() && earlier(VICTIM).isEmpty()) {
      // One that was kept but not measured has lost the notes of its training.
      kept.forget(VICTIM);
    }
    return kept.get(VICTIM, () -> owner.marked(specs, key));
  }

  private Model stolen(Thief thief, List<WatermarkSpec> specs) {
    return switch (thief.name()) {
      case Thief.UNMARKED -> unmarked.get(Thief.UNMARKED, owner::unmarked);
      case Thief.VICTIM -> victim(specs);
      default -> kept.get(thief.name(), () -> made(thief, specs));
    };
  }

  private Model made(Thief thief, List<WatermarkSpec> specs) {
    int epochs = experiment.thiefEpochs();
    Model source = stolen(Thief.named(thief.source(), epochs), specs);
    // As many queries as the attack wants; what a search would take is not used.
    AttackScale scale =
        new AttackScale(Integer.MAX_VALUE, epochs, LABELLED, REMOVAL_EPOCHS, Measurements.ROWS, 1);
    return thief.run(
        AttackContext.of(source, transfer(), scale, experiment.seed() + THIEF)
            .withWatermark(Watermark.derive(specs.get(0), key, images.test().classes()), test)
            .withOtherArchitecture(
                Architecture.of(
                    CompactNetworks.residual(
                        owners.shape(), owners.classes(), experiment.seed(), OTHER_WIDTH))));
  }

  /** Images that the thief asks about. */
  private LabelledSamples transfer() {
    ImageSet shuffled = images.train().shuffled(experiment.seed());
    ImageSet thiefs =
        experiment.ownImages()
            ? owners
            : shuffled.slice(owners.size(), shuffled.size()).take(experiment.images());
    return LabelledSamples.read(thiefs.iterator(Owner.BATCH), thiefs.size());
  }
}
