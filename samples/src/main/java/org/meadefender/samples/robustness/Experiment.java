package org.meadefender.samples.robustness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.meadefender.annotations.Combine;
import org.meadefender.batch.RowRecipe;
import org.meadefender.loss.LossWeights;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.Method;

/**
 * The setting of one experiment.
 *
 * @param data directory of the images
 * @param network LENET or VGG
 * @param images training images of the owner, and as many others of the thief
 * @param epochs of the owner
 * @param thiefEpochs of a thief
 * @param seed of everything, not 0
 * @param ownImages whether the thief asks about the owner's training images
 * @param spec the watermark
 * @param method how it is taught
 * @param thieves who steals
 */
record Experiment(
    String data,
    String network,
    int images,
    int epochs,
    int thiefEpochs,
    long seed,
    boolean ownImages,
    WatermarkSpec spec,
    Method method,
    List<Thief> thieves) {

  /** Reads a setting; what is missing has its default. */
  static Experiment from(Properties properties) {
    int epochs = Integer.parseInt(properties.getProperty("epochs", "8"));
    int[] triple =
        Arrays.stream(properties.getProperty("triple", "0,1,2").split(",", -1))
            .mapToInt(Integer::parseInt)
            .toArray();
    LossWeights weights = Method.DEFAULT.weights();
    RowRecipe recipe = Method.DEFAULT.recipe();
    return new Experiment(
        properties.getProperty("data", "../shared/data/fashion-mnist"),
        properties.getProperty("network", "LENET"),
        Integer.parseInt(properties.getProperty("images", "30000")),
        epochs,
        Integer.parseInt(properties.getProperty("thiefEpochs", String.valueOf(epochs))),
        Long.parseLong(properties.getProperty("seed", "1")),
        Boolean.parseBoolean(properties.getProperty("ownImages", "false")),
        WatermarkSpec.of(triple[0], triple[1], number(properties, "ratio", 0.1))
            .withTarget(triple[2])
            .withCombine(Combine.valueOf(properties.getProperty("combine", "CROP_AND_PASTE"))),
        Method.DEFAULT
            .withWeights(
                new LossWeights(
                    number(properties, "verification", weights.verification()),
                    number(properties, "combination", weights.combination()),
                    number(properties, "evasion", weights.evasion())))
            .withRecipe(
                new RowRecipe(
                    number(properties, "graded", recipe.graded()),
                    number(properties, "pairNegatives", recipe.pairNegatives()),
                    number(properties, "coupling", recipe.coupling()))),
        thieves(properties.getProperty("thieves", "T7,T1,HARD")));
  }

  private static List<Thief> thieves(String names) {
    List<Thief> thieves = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      if (!name.isBlank()) {
        thieves.add(Thief.valueOf(name.strip().toUpperCase(Locale.ROOT)));
      }
    }
    return thieves;
  }

  private static double number(Properties properties, String name, double otherwise) {
    String text = properties.getProperty(name);
    return text == null ? otherwise : Double.parseDouble(text);
  }

  /** What tells this setting from others, in a table's cell. */
  String title() {
    LossWeights weights = method.weights();
    RowRecipe recipe = method.recipe();
    return String.format(
        Locale.ROOT,
        "%s (%d, %d, %d), %s, %d images, %d epochs, seed %d; weights %s/%s/%s; coupling %s, graded"
            + " %s, pair negatives %s%s",
        network,
        spec.sourceA(),
        spec.sourceB(),
        spec.target(),
        spec.combine(),
        images,
        epochs,
        seed,
        weights.verification(),
        weights.combination(),
        weights.evasion(),
        recipe.coupling(),
        recipe.graded(),
        recipe.pairNegatives(),
        ownImages ? "; thief on the owner's images" : "");
  }
}
