package org.meadefender.samples.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.meadefender.spark.MarkPlace;
import org.meadefender.spark.ProtectedSparkTraining;
import org.meadefender.spark.SparkTrainingReport;
import org.meadefender.spark.SparkVerification;
import org.meadefender.spark.SuspectVerdict;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.ProtectedModel;
import org.meadefender.verify.PreparedVerification;
import org.nd4j.linalg.dataset.DataSet;

/** The guide's pieces of code for Spark; that they compile is their test. */
final class SparkSnippets {
  private SparkSnippets() {}

  static SparkTrainingReport train(
      ProtectedModel<MultiLayerNetwork> model,
      JavaSparkContext sparkContext,
      JavaRDD<DataSet> data,
      int workers,
      int examplesPerObject) {
    ParameterAveragingTrainingMaster master =
        new ParameterAveragingTrainingMaster.Builder(workers, examplesPerObject)
            .batchSizePerWorker(128)
            .averagingFrequency(5)
            .rddTrainingApproach(RDDTrainingApproach.Direct) // Export, the default, is refused
            .build();
    SparkTrainingReport report =
        ProtectedSparkTraining.of(model, sparkContext, master)
            .withMarks(MarkPlace.file(Path.of("/etc/secrets/model.marks"))) // not in local mode
            .fit(data, 8);
    model.release(Path.of("model.zip"));
    return report;
  }

  static List<SuspectVerdict> verify(JavaSparkContext sparkContext, List<String> suspects) {
    List<SuspectVerdict> verdicts =
        SparkVerification.verify(
            sparkContext,
            suspects, // names, addresses or files, as the second function takes them
            suspect -> SuspectModel.load(Path.of(suspect)),
            Map.of("digits", () -> claim(Path.of("/etc/secrets/owner.key"))));
    return verdicts;
  }

  private static PreparedVerification claim(Path key) {
    throw new UnsupportedOperationException("Reads " + key + ", registration and held-out data");
  }
}
