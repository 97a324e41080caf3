package org.meadefender.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meadefender.attack.AttackData;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.detection.AbsScan;
import org.meadefender.attack.detection.BruteForceProbing;
import org.meadefender.attack.detection.LofDetection;
import org.meadefender.attack.detection.NeuralCleanse;
import org.meadefender.attack.detection.NoiseSearch;
import org.meadefender.attack.detection.Preprocessing;
import org.meadefender.suspect.SuspectModel;

/** The evasions and searches of an audit. */
final class SearchSteps {
  /** Accuracy that the paper's thief gives away for noise. */
  private static final double NOISE_COST = 0.035;

  private static final int LOF_ROWS = 2_000;
  private static final int ABS_CANDIDATES = 20;
  private static final int PROBING_MIXES = 20;
  private static final double PROBING_SUSPICION = 0.5;
  private static final int PATCH_BATCH = 32;

  private SearchSteps() {}

  static List<AuditStep> of(AuditPlan plan) {
    Scale scale = plan.scale();
    List<AuditStep> steps = new ArrayList<>();
    steps.add(new AuditStep(Attack.PREPROCESSING, "noise", false, SearchSteps::noise));
    preprocessings()
        .forEach(
            (name, change) ->
                steps.add(
                    new AuditStep(
                        Attack.PREPROCESSING,
                        name,
                        false,
                        (context, listener) -> preprocess(context, change))));
    steps.add(new AuditStep(Attack.OUTLIER_FILTER, "", false, SearchSteps::outliers));
    steps.add(
        new AuditStep(
            Attack.NEURAL_CLEANSE,
            "",
            true,
            (context, listener) ->
                cleanse(context, new NeuralCleanse(scale.searchSteps(), PATCH_BATCH), listener)));
    steps.add(
        new AuditStep(
            Attack.ABS,
            "",
            true,
            (context, listener) ->
                scan(
                    context,
                    AbsScan.standard().withEffort(ABS_CANDIDATES, scale.searchSteps()),
                    listener)));
    steps.add(new AuditStep(Attack.PROBING, "", true, SearchSteps::probe));
    return steps;
  }

  private static Map<String, Preprocessing> preprocessings() {
    Map<String, Preprocessing> result = new LinkedHashMap<>();
    result.put("JPEG 95", new Preprocessing.Jpeg(95));
    result.put("JPEG 75", new Preprocessing.Jpeg(75));
    result.put("mean blur", new Preprocessing.MeanBlur());
    result.put("median blur", new Preprocessing.MedianBlur());
    result.put("4 bits", new Preprocessing.BitDepth(4));
    result.put("flip", new Preprocessing.Flip());
    return result;
  }

  private static StepResult preprocess(AuditContext context, Preprocessing change) {
    SuspectModel behind = change.before(SuspectModel.of(context.network()));
    return StepResult.of(context.measure(behind), 0);
  }

  private static StepResult noise(AuditContext context, AttackListener listener) {
    SuspectModel model = SuspectModel.of(context.network());
    Preprocessing.Noise noise =
        NoiseSearch.strongest(model, context.test(), NOISE_COST, context.seed());
    return preprocess(context, noise).withFigures(Map.of("noise deviation", noise.deviation()));
  }

  private static StepResult outliers(AuditContext context, AttackListener listener) {
    LofDetection filter = LofDetection.learn(context.network(), context.thief().take(LOF_ROWS));
    AttackData test = context.test().take(LOF_ROWS);
    double clean = filter.rejectionRate(test.features(0, test.size()));
    AttackData marks = context.marks().take(LOF_ROWS);
    double marked = filter.rejectionRate(marks.features(0, marks.size()));
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("watermark rows rejected", marked);
    figures.put("clean samples rejected", clean);
    // A filter that rejects less than half of the rows leaves enough of them for a proof.
    return StepResult.search(marked > 0.5, figures);
  }

  private static StepResult cleanse(
      AuditContext context, NeuralCleanse search, AttackListener listener) {
    NeuralCleanse.Finding finding =
        search.detect(context.network(), context.test(), context.seed(), listener);
    List<Double> indices = new ArrayList<>();
    List<AuditEntry.Picture> pictures = new ArrayList<>();
    for (NeuralCleanse.Patch patch : finding.patches()) {
      indices.add(patch.index());
      pictures.add(
          Pictures.of("class " + patch.label(), patch.image(), context.test().sampleShape()));
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("highest anomaly index", finding.highestIndex());
    figures.put("classes flagged", (double) finding.flagged().size());
    return StepResult.search(!finding.flagged().isEmpty(), figures)
        .withSeries(Map.of("anomaly index per class", indices))
        .withPictures(pictures);
  }

  private static StepResult scan(AuditContext context, AbsScan scan, AttackListener listener) {
    AbsScan.Finding finding =
        scan.detect(context.network(), context.test(), context.seed(), listener);
    return StepResult.search(
        finding.flagged(), Map.of("success of the best reversed trigger", finding.bestSuccess()));
  }

  private static StepResult probe(AuditContext context, AttackListener listener) {
    BruteForceProbing search =
        new BruteForceProbing(PROBING_MIXES, PROBING_SUSPICION, context.blends());
    BruteForceProbing.Finding finding =
        search.detect(context.network(), context.test(), context.seed(), listener);
    List<Double> shares = finding.probes().stream().map(BruteForceProbing.Probe::prms).toList();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("mixed pairs tried", (double) shares.size());
    figures.put("pairs that look marked", (double) finding.found().size());
    return StepResult.search(!finding.found().isEmpty(), figures)
        .withSeries(Map.of("PRMS", shares));
  }
}
