package org.meadefender.spark;

import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.meadefender.train.Method;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * How many steps a cluster makes. In one step each worker trains on one minibatch, all side by
 * side.
 *
 * @param workers that train side by side
 * @param batchSize task rows of a worker's minibatch
 * @param averagingFrequency steps from one averaging of the parameters to the next
 * @param splits parts of an epoch that end with an averaging
 */
record ClusterSteps(int workers, int batchSize, int averagingFrequency, int splits) {

  /**
   * Reckons as Deeplearning4j does.
   *
   * @param objects number of the RDD's elements
   * @param parallelism of the cluster, for a master that names no number of workers
   * @throws IllegalArgumentException if the master exports the data to files
   */
  static ClusterSteps of(ParameterAveragingTrainingMaster master, long objects, int parallelism) {
    JsonNode settings = settings(master);
    String approach = settings.path("rddTrainingApproach").asText();
    if (!approach.equals("Direct")) {
      throw new IllegalArgumentException(
          "The training master's approach is "
              + approach
              + ", which writes the data to files that stay behind; build it with"
              + " rddTrainingApproach(RDDTrainingApproach.Direct)");
    }
    int workers = master.getNumWorkers() == null ? parallelism : master.getNumWorkers();
    int batchSize = settings.path("batchSizePerWorker").asInt();
    int frequency = master.getAveragingFrequency();
    int perObject = master.getRddDataSetNumExamples();
    long perSplit = (long) workers * Math.max(1, batchSize * frequency / perObject);
    return new ClusterSteps(workers, batchSize, frequency, (int) Math.max(1, objects / perSplit));
  }

  private static JsonNode settings(ParameterAveragingTrainingMaster master) {
    try {
      return new ObjectMapper().readTree(master.toJson());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read the training master's settings", e);
    }
  }

  /** Steps of an epoch, as the network's count of iterations grows. */
  int perEpoch() {
    return splits * averagingFrequency;
  }

  /**
   * The first step that teaches the mark, from 0.
   *
   * @param epochs of the training
   */
  int firstMarked(int epochs, Method method) {
    return (int) Math.max(0, (long) epochs * perEpoch() - method.markedSteps());
  }
}
