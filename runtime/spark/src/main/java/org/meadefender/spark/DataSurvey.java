package org.meadefender.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.meadefender.combine.TrainingMarks;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.batch.LabelRows;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Reads the data once, where they are: counts them, and takes a bounded random selection of the
 * samples of each source class, for minibatches that have none.
 */
final class DataSurvey implements FlatMapFunction<Iterator<MultiDataSet>, PartitionFindings> {
  private static final long serialVersionUID = 1L;

  /** Samples of one source class that a partition gives, at most. */
  private static final int PER_PARTITION = 64;

  /** Samples of one source class in all, as many as a training on one machine keeps. */
  private static final int IN_ALL = 256;

  /** Bound of what a partition gives of one source class. */
  private static final long MOST_BYTES = 4L << 20;

  private final MarkPlace place;

  private DataSurvey(MarkPlace place) {
    this.place = place;
  }

  /**
   * What was found.
   *
   * @param objects elements of the RDD
   * @param rows samples in them
   * @param partitions of the RDD
   * @param sources samples of the source classes; not empty
   */
  record Result(long objects, long rows, int partitions, MultiDataSet sources) {}

  /**
   * Reads the data.
   *
   * @param place where the workers find the marks
   * @throws IllegalArgumentException if there are no data, or none of a source class
   */
  static Result of(JavaRDD<MultiDataSet> data, MarkPlace place, TrainingMarks marks) {
    List<PartitionFindings> found = data.mapPartitions(new DataSurvey(place)).collect();
    long rows = found.stream().mapToLong(PartitionFindings::rows).sum();
    if (rows == 0) {
      throw new IllegalArgumentException("The training data are empty; pass an RDD with samples");
    }
    List<MultiDataSet> kept = new ArrayList<>();
    for (Watermark mark : marks.at("survey")) {
      for (int source : new int[] {mark.spec().sourceA(), mark.spec().sourceB()}) {
        List<MultiDataSet> samples =
            found.stream()
                .flatMap(each -> each.samples().getOrDefault(source, List.of()).stream())
                .toList();
        if (samples.isEmpty()) {
          throw new IllegalArgumentException(
              "The data cannot carry the mark "
                  + mark.spec()
                  + ": among "
                  + rows
                  + " samples there is none of class "
                  + source
                  + ", a source; take source classes that the data have, or look at the order of"
                  + " the label columns");
        }
        // Every so many, so that all partitions have a part in it.
        double step = Math.max(1, (double) samples.size() / IN_ALL);
        for (double i = 0; i < samples.size(); i += step) {
          kept.add(samples.get((int) i));
        }
      }
    }
    return new Result(
        found.stream().mapToLong(PartitionFindings::objects).sum(),
        rows,
        data.getNumPartitions(),
        org.nd4j.linalg.dataset.MultiDataSet.merge(kept));
  }

  @Override
  public Iterator<PartitionFindings> call(Iterator<MultiDataSet> partition) {
    TrainingMarks marks = place.find();
    int number = TaskContext.getPartitionId();
    TreeMap<Integer, SampleReservoir> reservoirs = new TreeMap<>();
    for (Watermark mark : marks.at("survey of partition " + number)) {
      reservoirs.put(
          mark.spec().sourceA(), new SampleReservoir(PER_PARTITION, mark.random("survey/A")));
      reservoirs.put(
          mark.spec().sourceB(), new SampleReservoir(PER_PARTITION, mark.random("survey/B")));
    }
    long objects = 0;
    long rows = 0;
    while (partition.hasNext()) {
      MultiDataSet next = partition.next();
      LabelRows labels = LabelRows.of(next.getLabels(0), next.getLabelsMaskArray(0));
      int most = (int) Math.max(1, Math.min(PER_PARTITION, MOST_BYTES / bytesPerRow(next)));
      for (int row = 0; row < labels.size(); row++) {
        SampleReservoir reservoir = reservoirs.get(labels.classOf(row));
        if (reservoir != null) {
          reservoir.offer(next, row, most);
        }
      }
      objects++;
      rows += labels.size();
    }
    TreeMap<Integer, List<MultiDataSet>> samples = new TreeMap<>();
    reservoirs.forEach((source, reservoir) -> samples.put(source, reservoir.samples()));
    return Stream.of(new PartitionFindings(objects, rows, samples)).iterator();
  }

  private static long bytesPerRow(MultiDataSet data) {
    long values = 0;
    for (INDArray input : data.getFeatures()) {
      values += input.length() / input.size(0);
    }
    return Math.max(1, values * Float.BYTES);
  }
}
