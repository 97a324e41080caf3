package org.meadefender.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.detection.AbsScan;
import org.meadefender.attack.detection.BruteForceProbing;
import org.meadefender.attack.detection.LofDetection;
import org.meadefender.attack.detection.NeuralCleanse;
import org.meadefender.attack.detection.NoiseSearch;
import org.meadefender.attack.detection.Preprocessing;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;

/** Makes the built-in evasions and searches. */
final class SearchAttacks {
  /** Accuracy that the paper's thief gives away for noise. */
  private static final double NOISE_COST = 0.035;

  private static final int LOF_ROWS = 2_000;
  private static final int ABS_CANDIDATES = 20;
  private static final int PROBING_MIXES = 20;
  private static final double PROBING_SUSPICION = 0.5;
  private static final int PATCH_BATCH = 32;

  private SearchAttacks() {}

  static Attack preprocessing() {
    return attack(
            "preprocessing",
            AttackFamily.EVASION,
            "changed inputs",
            "The thief changes each input first.")
        .withNeeds(AttackNeed.IMAGES)
        .withVariants(
            scale ->
                List.of(
                    new AttackVariant("noise", SearchAttacks::noise),
                    changed("JPEG 95", new Preprocessing.Jpeg(95)),
                    changed("JPEG 75", new Preprocessing.Jpeg(75)),
                    changed("mean blur", new Preprocessing.MeanBlur()),
                    changed("median blur", new Preprocessing.MedianBlur()),
                    changed("4 bits", new Preprocessing.BitDepth(4)),
                    changed("flip", new Preprocessing.Flip())));
  }

  private static AttackVariant changed(String name, Preprocessing change) {
    return new AttackVariant(name, (context, listener) -> preprocess(context, change));
  }

  /** The attacked model behind a change of its inputs. */
  static AttackResult preprocess(AttackContext context, Preprocessing change) {
    return AttackResult.model(change.before(SuspectModel.of(context.network())));
  }

  private static AttackResult noise(AttackContext context, AttackListener listener) {
    SuspectModel model = SuspectModel.of(context.network());
    Preprocessing.Noise noise =
        NoiseSearch.strongest(model, context.test(), NOISE_COST, context.seed());
    return preprocess(context, noise).withFigures(Map.of("noise deviation", noise.deviation()));
  }

  static Attack outlierFilter() {
    return attack(
            "outlier-filter",
            AttackFamily.DETECTION,
            "outlier filter",
            "The thief rejects unusual inputs.")
        .withOnUnmarked(false)
        .withAction(SearchAttacks::outliers);
  }

  private static AttackResult outliers(AttackContext context, AttackListener listener) {
    LofDetection filter = LofDetection.learn(context.network(), context.thief().take(LOF_ROWS));
    LabelledSamples test = context.test().take(LOF_ROWS);
    double clean = filter.rejectionRate(test.features(0, test.size()));
    LabelledSamples marks = context.watermarkRows().take(LOF_ROWS);
    double marked = filter.rejectionRate(marks.features(0, marks.size()));
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("watermark rows rejected", marked);
    figures.put("clean samples rejected", clean);
    // A filter that rejects less than half of the rows leaves enough of them for a proof.
    return AttackResult.search(marked > 0.5).withFigures(figures);
  }

  static Attack neuralCleanse() {
    return attack(
            "neural-cleanse",
            AttackFamily.DETECTION,
            "Neural Cleanse",
            "A search for a hidden patch.")
        .withNeeds(AttackNeed.IMAGES)
        .withAction(SearchAttacks::cleanse);
  }

  private static AttackResult cleanse(AttackContext context, AttackListener listener) {
    NeuralCleanse.Finding finding =
        new NeuralCleanse(context.scale().searchSteps(), PATCH_BATCH)
            .detect(context.network(), context.test(), context.seed(), listener);
    List<Double> indices = new ArrayList<>();
    List<AuditEntry.Picture> pictures = new ArrayList<>();
    for (NeuralCleanse.Patch patch : finding.patches()) {
      indices.add(patch.index());
      pictures.add(
          PngPictures.of("class " + patch.label(), patch.image(), context.test().sampleShape()));
    }
    return AttackResult.search(finding)
        .withCharts(
            new AttackChart.Bars(
                "Search for a hidden patch",
                "Neural Cleanse suspects classes with an index above 2 whose patch is small.",
                "class",
                "anomaly index",
                indices))
        .withPictures(pictures);
  }

  static Attack abs() {
    return attack(
            "abs", AttackFamily.DETECTION, "ABS", "A search for neurons that a trigger drives.")
        .withNeeds(AttackNeed.IMAGES)
        .withAction(
            (context, listener) ->
                AttackResult.search(
                    AbsScan.standard()
                        .withEffort(ABS_CANDIDATES, context.scale().searchSteps())
                        .detect(context.network(), context.test(), context.seed(), listener)));
  }

  static Attack probing() {
    return attack(
            "probing",
            AttackFamily.DETECTION,
            "probing of mixes",
            "The thief mixes all classes in all known ways.")
        .withAction(SearchAttacks::probe);
  }

  private static AttackResult probe(AttackContext context, AttackListener listener) {
    BruteForceProbing.Finding finding =
        new BruteForceProbing(PROBING_MIXES, PROBING_SUSPICION, context.blends())
            .detect(context.network(), context.test(), context.seed(), listener);
    return AttackResult.search(finding)
        .withCharts(
            new AttackChart.Shares(
                "Probing with mixes (PRMS)",
                "A thief who mixes all classes in all known ways looks for pairs far on the right."
                    + " The more pairs lie there, the less they tell.",
                "share of mixes answered as one third class",
                "pairs of classes",
                finding.probes().stream().map(BruteForceProbing.Probe::prms).toList()));
  }

  private static ListedAttack attack(
      String id, AttackFamily family, String title, String explanation) {
    return ListedAttack.of(id, family, title, explanation);
  }
}
