package org.meadefender.samples.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.advice.CombinerComparison;
import org.meadefender.advice.CombinerComparisonResult;
import org.meadefender.advice.Rehearsal;
import org.meadefender.advice.RehearsalListener;
import org.meadefender.advice.WatermarkAdvisor;
import org.meadefender.audit.Attacks;
import org.meadefender.audit.AuditAssertions;
import org.meadefender.audit.AuditResult;
import org.meadefender.combine.BlendingAutoencoder;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.Method;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingOptions;
import org.meadefender.train.TrainingReport;
import org.meadefender.train.WatermarkedTraining;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.verify.VerificationOptions;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The guide's shorter pieces of code; that they compile is their test. */
final class GuideSnippets {
  private GuideSnippets() {}

  static void plan(ProtectedModel<MultiLayerNetwork> model, DataSetIterator data) {
    for (int epoch = 0; epoch < 12; epoch++) {
      model.fit(data, TrainingOptions.epochs(1).withPlan(epoch, 12)); // as fit(data, 12)
    }
  }

  static TrainingOptions longer() {
    return TrainingOptions.epochs(30).withMethod(Method.LONG_TRAINING.withMarkedSteps(4_000));
  }

  static TrainingOptions adjusted() {
    return TrainingOptions.epochs(30).withMethod(Method.LONG_TRAINING.withLogitAdjustment(true));
  }

  static void otherTrainer(
      ProtectedModel<MultiLayerNetwork> model, DataSetIterator data, int epochs) {
    try (WatermarkedTraining training = model.begin(Method.DEFAULT)) {
      DataSetIterator marked = training.decorate(data);
      for (int epoch = 0; epoch < epochs; epoch++) {
        model.network().fit(marked); // or workers.fit(marked), with an averaging ParallelWrapper
      }
    }
  }

  static void rehearse(
      ProtectedModel<MultiLayerNetwork> model, DataSetIterator data, DataSetIterator heldOut) {
    RehearsalListener rehearsals =
        RehearsalListener.of(Rehearsal.standard().withUnmarkedAccuracy(0.904), heldOut);
    TrainingReport report = model.fit(data, TrainingOptions.epochs(30).withListener(rehearsals));
    rehearsals.reports().forEach(System.out::println); // what each found and changed, and why
    System.out.println("share of the time: " + rehearsals.share(report));
  }

  static void autoencoder(DataSetIterator trainingData) {
    OwnerKey key = OwnerKey.generate();
    key = BlendingAutoencoder.train(trainingData, key).addTo(key);
    key.save(Path.of("owner.key")); // training, registration and verification load this file
  }

  static WatermarkSpec advise(
      MultiLayerNetwork unmarkedNetwork, OwnerKey key, DataSetIterator heldOut) {
    WatermarkAdvisor.Advice advice =
        WatermarkAdvisor.of(SuspectModel.of(unmarkedNetwork), key)
            .advise(WatermarkSpec.of(0, 1, 0.1), heldOut, 10, 10);
    System.out.println(advice.reason());
    return advice.better(); // then @Protected(sourceA = …, sourceB = …, target = …)
  }

  static void tryCombiners(
      ProtectedModel<MultiLayerNetwork> model, DataSetIterator data, DataSetIterator heldOut) {
    CombinerComparisonResult result = CombinerComparison.of(model).run(data, heldOut);
    System.out.println(result); // a table and a reason; then @Protected(combine = …)
  }

  static ProtectedModel<MultiLayerNetwork> ownCombiner(OwnerKey key, MultiLayerNetwork network) {
    WatermarkSpec spec = WatermarkSpec.of(0, 1, 0.1).withOwnCombiner("checkerboard");
    return ProtectedModel.create(List.of(spec), key, network);
  }

  static SuspectModel severalInputs(ComputationGraph graph, INDArray sideRow) {
    return SuspectModel.of(graph, "image", Map.of("side", sideRow));
  }

  static OwnershipVerdict besideAnother(
      List<WatermarkSpec> specs,
      OwnerKey key,
      SuspectModel suspect,
      SuspectModel unmarked,
      DataSetIterator heldOut) {
    return OwnershipVerifier.of(specs, key)
        .withOptions(
            VerificationOptions.DEFAULT.withReferenceModel(unmarked).withQueryBudget(20_000))
        .verify(suspect, heldOut);
  }

  static void assertions(AuditResult result) {
    AuditAssertions.assertThat(result)
        .survives(Attacks.DISTILLATION)
        .withWsrAtLeast(0.7)
        .and()
        .isNotDetectedBy(Attacks.NEURAL_CLEANSE);
  }
}
