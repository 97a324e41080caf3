package org.meadefender.samples.robustness;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meadefender.advice.Rehearsal;
import org.meadefender.annotations.Combine;
import org.meadefender.batch.RowRecipe;
import org.meadefender.loss.LossWeights;
import org.meadefender.samples.models.SampleImages;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.Method;

/**
 * The setting of one experiment.
 *
 * @param data the images
 * @param network LENET, VGG, PAPER_VGG or NORMALISED
 * @param images training images of the owner, and as many others of the thief
 * @param epochs of the owner
 * @param thiefEpochs of a thief
 * @param seed of everything, not 0
 * @param ownImages whether the thief asks about the owner's training images
 * @param specs the watermarks, at least one
 * @param choice who chooses the classes; of one watermark only, unless they are given
 * @param comparesCombiners whether a comparison chooses the combiner; of one watermark only
 * @param method how it is taught
 * @param rehearsal what the owner's training should reach by rehearsing
 * @param patience epochs without a better accuracy on the validation set after which the owner
 *     stops and takes the best epoch; 0 for none
 * @param validation share of the owner's images that are held out, for advice, comparisons,
 *     rehearsals and for stopping
 * @param reference whether verdicts are also given beside a network without a mark
 * @param profile whether models also get an answer profile
 * @param thieves who steals
 */
record Experiment(
    SampleImages data,
    String network,
    int images,
    int epochs,
    int thiefEpochs,
    long seed,
    boolean ownImages,
    List<WatermarkSpec> specs,
    ClassChoice choice,
    boolean comparesCombiners,
    Method method,
    Optional<Rehearsal> rehearsal,
    int patience,
    double validation,
    boolean reference,
    boolean profile,
    List<Thief> thieves) {
  /** Of the owner's images, where validation is needed and no share is given. */
  private static final double VALIDATION = 0.1;

  /**
   * Reads {@code name=value} settings: data, network, images, epochs, thiefEpochs, seed, ownImages,
   * triple (one for each mark, DRAWN, ADVISED or REGISTRABLE), marks (number of drawn triples),
   * ratio (of each mark), combine, verification, combination, evasion, graded, pairNegatives,
   * coupling, markedSteps, logitAdjustment (true or false), rehearsal (true or false), goal,
   * budget, costShare, unmarkedAccuracy, patience, validation, reference (true or false), profile
   * (true or false) and thieves (see {@link Thief#named}). What is missing has its default.
   *
   * @throws IllegalArgumentException if a name is not known or a value is no value for it
   */
  static Experiment from(List<String> settings) {
    SettingValues values = new SettingValues(settings);
    int epochs = (int) values.number("epochs", 8);
    long seed = (long) values.number("seed", 1);
    int images = (int) values.number("images", 30_000);
    Optional<Rehearsal> rehearsal = rehearsal(values);
    String combine = values.text("combine", Combine.CROP_AND_PASTE.name());
    boolean comparesCombiners = combine.equals("COMPARED");
    int patience = (int) values.number("patience", 0);
    String triple = values.text("triple", "0,1,2");
    ClassChoice choice = ClassChoice.of(triple);
    boolean given = choice == ClassChoice.GIVEN;
    List<int[]> triples =
        ClassTriples.of(given ? triple : ClassTriples.DRAWN, (int) values.number("marks", 0), seed);
    double ratio = values.number("ratio", 0.1);
    if (comparesCombiners && triples.size() > 1) {
      throw new IllegalArgumentException(
          "combine is COMPARED and there are " + triples.size() + " marks; a comparison is of one");
    }
    if (!given && triples.size() > 1) {
      throw new IllegalArgumentException(
          "triple is "
              + choice
              + " and there are "
              + triples.size()
              + " marks; only one is chosen");
    }
    int thiefEpochs = (int) values.number("thiefEpochs", epochs);
    double validation =
        values.number(
            "validation",
            rehearsal.isPresent()
                    || choice == ClassChoice.ADVISED
                    || comparesCombiners
                    || patience > 0
                ? VALIDATION
                : 0);
    Experiment experiment =
        new Experiment(
            SampleImages.of(values.text("data", "")),
            values.text("network", "LENET"),
            images,
            epochs,
            thiefEpochs,
            seed,
            Boolean.parseBoolean(values.text("ownImages", "false")),
            triples.stream()
                .map(
                    each ->
                        WatermarkSpec.of(each[0], each[1], ratio)
                            .withTarget(each[2])
                            .withCombine(
                                comparesCombiners
                                    ? Combine.CROP_AND_PASTE
                                    : Combine.valueOf(combine)))
                .toList(),
            choice,
            comparesCombiners,
            method(values, Owner.batches(images, validation) * epochs),
            rehearsal,
            patience,
            validation,
            Boolean.parseBoolean(values.text("reference", "false")),
            Boolean.parseBoolean(values.text("profile", "false")),
            Arrays.stream(values.text("thieves", "T7,T1,HARD").split(",", -1))
                .map(name -> Thief.named(name, thiefEpochs))
                .toList());
    values.requireNoneLeft();
    return experiment;
  }

  /** What suits a training of so many batches, but for what is set. */
  private static Method method(SettingValues values, int batches) {
    Method method = Method.byLength(batches);
    LossWeights weights = method.weights();
    RowRecipe recipe = method.recipe();
    return method
        .withWeights(
            new LossWeights(
                values.number("verification", weights.verification()),
                values.number("combination", weights.combination()),
                values.number("evasion", weights.evasion())))
        .withRecipe(
            new RowRecipe(
                values.number("graded", recipe.graded()),
                values.number("pairNegatives", recipe.pairNegatives()),
                values.number("coupling", recipe.coupling())))
        .withMarkedSteps((int) values.number("markedSteps", method.markedSteps()))
        .withLogitAdjustment(
            Boolean.parseBoolean(
                values.text("logitAdjustment", Boolean.toString(method.logitAdjustment()))));
  }

  private static Optional<Rehearsal> rehearsal(SettingValues values) {
    if (!Boolean.parseBoolean(values.text("rehearsal", "false"))) {
      return Optional.empty();
    }
    Rehearsal standard = Rehearsal.standard();
    Rehearsal rehearsal =
        standard
            .withStolenWsrGoal(values.number("goal", standard.stolenWsrGoal()))
            .withAccuracyBudget(values.number("budget", standard.accuracyBudget()))
            .withCostShare(values.number("costShare", standard.costShare()));
    double unmarkedAccuracy = values.number("unmarkedAccuracy", 0);
    return Optional.of(
        unmarkedAccuracy > 0 ? rehearsal.withUnmarkedAccuracy(unmarkedAccuracy) : rehearsal);
  }

  /** Whether the owner's training decides something by itself, which a table should say. */
  boolean takesNotes() {
    return comparesCombiners || rehearsal.isPresent() || patience > 0;
  }

  /** What tells this setting from others, but for the run. */
  String setting() {
    LossWeights weights = method.weights();
    RowRecipe recipe = method.recipe();
    return String.format(
        Locale.ROOT,
        "%s, %s, %s%s, ratio %s, %d images, %d epochs; weights %s/%s/%s;"
            + " coupling %s, graded %s, pair negatives %s; marked steps %d%s%s%s%s%s%s%s",
        data.name(),
        network,
        specs.size() > 1 ? specs.size() + " marks of " : "",
        comparesCombiners ? "combiner by comparison" : specs.get(0).combine(),
        specs.get(0).ratio(),
        images,
        epochs,
        weights.verification(),
        weights.combination(),
        weights.evasion(),
        recipe.coupling(),
        recipe.graded(),
        recipe.pairNegatives(),
        method.markedSteps(),
        method.logitAdjustment() ? "; logits adjusted" : "",
        choice.text(),
        ownImages ? "; thief on the owner's images" : "",
        thiefEpochs == epochs ? "" : "; thief " + thiefEpochs + " epochs",
        rehearsal.map(each -> "; " + each).orElse(""),
        patience > 0 ? "; patience " + patience : "",
        validation > 0 ? "; validation " + validation : "");
  }

  /** The same with another seed; its classes stay. */
  Experiment withSeed(long newSeed) {
    return with(newSeed, specs);
  }

  /** The same with other marks. */
  Experiment withSpecs(List<WatermarkSpec> newSpecs) {
    return with(seed, newSpecs);
  }

  private Experiment with(long newSeed, List<WatermarkSpec> newSpecs) {
    return new Experiment(
        data,
        network,
        images,
        epochs,
        thiefEpochs,
        newSeed,
        ownImages,
        newSpecs,
        choice,
        comparesCombiners,
        method,
        rehearsal,
        patience,
        validation,
        reference,
        profile,
        thieves);
  }

  /** What tells networks without a mark apart. */
  String unmarkedSetting() {
    return String.format(
        Locale.ROOT,
        "%s, %s, %d images, %d epochs; patience %d; validation %s; seed %d",
        data.name(),
        network,
        images,
        epochs,
        patience,
        validation,
        seed);
  }

  /** What tells runs of one setting apart. */
  String run() {
    return String.format(
        Locale.ROOT,
        "seed %d, triple %s",
        seed,
        specs.stream()
            .map(spec -> "(" + spec.sourceA() + ", " + spec.sourceB() + ", " + spec.target() + ")")
            .collect(Collectors.joining(" and ")));
  }
}
