package org.meadefender.samples.robustness;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.advice.CombinerComparison;
import org.meadefender.advice.CombinerComparisonResult;
import org.meadefender.advice.RehearsalListener;
import org.meadefender.advice.RehearsalReport;
import org.meadefender.attack.Accuracy;
import org.meadefender.data.ImageSet;
import org.meadefender.data.LabelledSamples;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingOptions;
import org.meadefender.train.TrainingReport;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Trains the owner's network; what the training decides by itself, it decides on a slice. */
final class Owner {
  static final int BATCH = 128;

  private final Experiment experiment;
  private final ImageSet training;
  private final ImageSet validation;
  private final StringBuilder notes = new StringBuilder();

  /**
   * Prepares.
   *
   * @param images of the owner; the last of them become the validation set, where there is one
   */
  Owner(Experiment experiment, ImageSet images) {
    this.experiment = experiment;
    int slice = validationSize(images.size(), experiment.validation());
    this.training = images.take(images.size() - slice);
    this.validation = images.slice(images.size() - slice, images.size());
  }

  private static int validationSize(int images, double validation) {
    return (int) Math.round(validation * images);
  }

  /** Batches of an epoch. */
  static int batches(int images, double validation) {
    return (images - validationSize(images, validation) + BATCH - 1) / BATCH;
  }

  /** What a table should say about the marked network's training beside its figures. */
  String notes() {
    return notes.toString();
  }

  /** Images that the network is trained on. */
  ImageSet training() {
    return training;
  }

  /** Trains without a mark. */
  Model unmarked() {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration());
    fitUnmarked(network, batches(), experiment.epochs());
    return network;
  }

  /** Stops early where that is asked for; returns the number of the epoch it took, from 1. */
  private int fitUnmarked(MultiLayerNetwork network, DataSetIterator batches, int epochs) {
    network.init();
    Acceleration.enable(network);
    Optional<BestEpoch> best = best(network);
    for (int epoch = 0; epoch < epochs && !best.map(BestEpoch::isOver).orElse(false); epoch++) {
      network.fit(batches);
      batches.reset();
      best.ifPresent(each -> each.see(Accuracy.of(network, LabelledSamples.read(heldOut()))));
    }
    return best.map(BestEpoch::restore).orElse(epochs);
  }

  /** The marks that are to be trained, the combiner chosen by a comparison where asked for. */
  List<WatermarkSpec> specs(OwnerKey key) {
    if (!experiment.comparesCombiners()) {
      return experiment.specs();
    }
    CombinerComparisonResult result =
        CombinerComparison.of(
                experiment.specs().get(0), key, new MultiLayerNetwork(configuration()))
            .withListener(
                (step, done, total) -> System.out.println(step + " " + done + "/" + total))
            .run(batches(), heldOut());
    System.out.println(result);
    note("comparison: " + result.reason());
    return List.of(result.recommended());
  }

  /**
   * Trains with marks. Where training is to stop early and the mark is taught late, the network is
   * trained without it until it stops, and marked then: the best epoch of all would have no mark.
   */
  Model marked(List<WatermarkSpec> specs, OwnerKey key) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration());
    int markedEpochs = 1 + (experiment.method().markedSteps() - 1) / batches(training.size(), 0);
    boolean markedAfterwards = experiment.patience() > 0 && markedEpochs < experiment.epochs();
    if (markedAfterwards) {
      int epoch = fitUnmarked(network, markedBatches(), experiment.epochs() - markedEpochs);
      note("marked after epoch " + epoch);
    }
    ProtectedModel<MultiLayerNetwork> model = ProtectedModel.create(specs, key, network);
    Optional<BestEpoch> best = markedAfterwards ? Optional.empty() : best(model.network());
    TrainingOptions options =
        TrainingOptions.epochs(markedAfterwards ? markedEpochs : experiment.epochs())
            .withMethod(experiment.method())
            .withProgress(
                progress -> {
                  if (progress.epochDone()) {
                    System.out.println(progress);
                  }
                  if (progress.epochDone()) {
                    best.ifPresent(
                        each -> each.see(progress.evaluation().orElseThrow().accuracy()));
                  }
                })
            .withCancel(() -> best.map(BestEpoch::isOver).orElse(false));
    if (validation.size() > 0) {
      options = options.withEvaluation(heldOut());
    }
    Optional<RehearsalListener> rehearsals =
        experiment.rehearsal().map(wish -> RehearsalListener.of(wish, heldOut()));
    if (rehearsals.isPresent()) {
      options = options.withListener(rehearsals.get());
    }
    TrainingReport report = model.fit(markedBatches(), options);
    rehearsals.ifPresent(listener -> note(listener, report));
    best.ifPresent(each -> note("parameters of epoch " + each.restore()));
    return model.network();
  }

  private void note(RehearsalListener listener, TrainingReport report) {
    for (RehearsalReport each : listener.reports()) {
      note("rehearsal after epoch " + each.epoch() + ": " + String.join("; ", each.reasons()));
    }
    if (!listener.reports().isEmpty()) {
      note(
          String.format(
              Locale.ROOT, "rehearsals took %.2f of the training", listener.share(report)));
    }
  }

  /**
   * A new one for each network: networks count their epochs in it, and the rate falls with them.
   */
  private MultiLayerConfiguration configuration() {
    return OwnerNetwork.of(experiment, training);
  }

  private DataSetIterator batches() {
    return training.shuffledIterator(BATCH, experiment.seed());
  }

  /** In another order than the unmarked network's. */
  private DataSetIterator markedBatches() {
    return training.shuffledIterator(BATCH, experiment.seed() + 1);
  }

  /** The validation set. */
  DataSetIterator heldOut() {
    return validation.iterator(BATCH);
  }

  private Optional<BestEpoch> best(Model network) {
    return experiment.patience() == 0
        ? Optional.empty()
        : Optional.of(new BestEpoch(network, experiment.patience()));
  }

  private void note(String note) {
    notes.append(" (").append(note).append(')');
  }
}
