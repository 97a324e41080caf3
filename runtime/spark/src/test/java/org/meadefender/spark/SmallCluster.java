package org.meadefender.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.SmallNetworks;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.WatermarkRates;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A cluster in this process, drawn images, and networks that learn them in seconds. */
final class SmallCluster {
  static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  static final List<WatermarkSpec> SPECS = List.of(WatermarkSpec.of(0, 1, 0.1).withTarget(2));
  static final TrainTest IMAGES = ImageSets.drawn(150, 40, 3);
  static final int BATCH = 25;

  private SmallCluster() {}

  static SparkConf conf(String master) {
    return new SparkConf()
        .setAppName("test")
        .setMaster(master)
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1");
  }

  /** Two threads; a task may fail twice. */
  static JavaSparkContext local() {
    return new JavaSparkContext(conf("local[2,3]"));
  }

  /** Two workers, minibatches of {@link #BATCH}, averaged twice in an epoch. */
  static ParameterAveragingTrainingMaster.Builder master() {
    return new ParameterAveragingTrainingMaster.Builder(2, 5)
        .batchSizePerWorker(BATCH)
        .averagingFrequency(15)
        .rngSeed(7)
        .rddTrainingApproach(RDDTrainingApproach.Direct);
  }

  static List<DataSet> batches(ImageSet images, int size) {
    List<DataSet> batches = new ArrayList<>();
    DataSetIterator data = images.iterator(size);
    while (data.hasNext()) {
      batches.add(data.next());
    }
    return batches;
  }

  static JavaRDD<DataSet> data(JavaSparkContext context) {
    return context.parallelize(batches(IMAGES.train().shuffled(5), 5), 4);
  }

  static ProtectedModel<MultiLayerNetwork> model() {
    return ProtectedModel.create(SPECS, KEY, SmallNetworks.flat(1));
  }

  static ProtectedSparkTraining<MultiLayerNetwork> training(
      ProtectedModel<MultiLayerNetwork> model, JavaSparkContext context) {
    return ProtectedSparkTraining.of(model, context, master().build());
  }

  static WatermarkRates rates(MultiLayerNetwork network) {
    return rates(SuspectModel.of(network));
  }

  static WatermarkRates rates(SuspectModel suspect) {
    return MarkMeasurement.prepare(
            Watermark.derive(SPECS.get(0), KEY, 10), IMAGES.test().iterator(100), 300)
        .on(suspect);
  }
}
