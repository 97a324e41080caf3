package org.meadefender.samples.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.samples.models.CompactNetworks;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.ProtectedModel;
import org.meadefender.verify.MarkMeasurement;
import org.meadefender.verify.WatermarkRates;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/** The task of the samples: images, a small LeNet, and a mark. */
final class SparkTask {
  static final int BATCH = 64;
  private static final int ROWS = 1_000;
  private static final int PER_OBJECT = 16;
  private static final WatermarkSpec SPEC = WatermarkSpec.of(7, 1, 0.1).withTarget(5);

  private final TrainTest images;
  private final OwnerKey key;
  private final MarkMeasurement measurement;

  /**
   * A task.
   *
   * @param limit of the training images
   */
  SparkTask(TrainTest all, int limit, OwnerKey key) {
    this.images = new TrainTest(all.train().shuffled(1).take(limit), all.test());
    this.key = key;
    this.measurement =
        MarkMeasurement.prepare(
            Watermark.derive(SPEC, key, images.test().classes()),
            images.test().iterator(BATCH),
            ROWS);
  }

  TrainTest images() {
    return images;
  }

  int target() {
    return SPEC.target();
  }

  MultiLayerConfiguration configuration() {
    return CompactNetworks.lenet(
        images.train().shape(), images.train().classes(), 1, new Adam(1e-3));
  }

  ProtectedModel<MultiLayerNetwork> model() {
    return ProtectedModel.create(List.of(SPEC), key, configuration());
  }

  /** The training images as an RDD, some in each element. */
  JavaRDD<DataSet> rdd(JavaSparkContext context, int partitions) {
    return context.parallelize(objects(images.train()), partitions);
  }

  /** The same by class, so that a partition has few of them. */
  JavaRDD<DataSet> sorted(JavaSparkContext context, int partitions) {
    List<DataSet> objects = new ArrayList<>();
    for (int ofClass = 0; ofClass < images.train().classes(); ofClass++) {
      objects.addAll(objects(images.train().ofClasses(ofClass)));
    }
    return context.parallelize(objects, partitions);
  }

  private static List<DataSet> objects(ImageSet images) {
    List<DataSet> objects = new ArrayList<>();
    DataSetIterator data = images.iterator(PER_OBJECT);
    while (data.hasNext()) {
      objects.add(data.next());
    }
    return objects;
  }

  /** Averages the parameters of so many workers. */
  static ParameterAveragingTrainingMaster.Builder master(int workers, int averagingFrequency) {
    return new ParameterAveragingTrainingMaster.Builder(workers, PER_OBJECT)
        .batchSizePerWorker(BATCH)
        .averagingFrequency(averagingFrequency)
        .rngSeed(1)
        .rddTrainingApproach(RDDTrainingApproach.Direct);
  }

  double accuracy(MultiLayerNetwork network) {
    return network.evaluate(images.test().iterator(BATCH)).accuracy();
  }

  WatermarkRates rates(MultiLayerNetwork network) {
    return measurement.on(SuspectModel.of(network));
  }
}
