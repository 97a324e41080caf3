package org.meadefender.samples.spark;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BlockUpdatedInfo;

/**
 * Counts what travels between driver and workers, as Spark reports it: broadcasts that executors
 * take, results that they send, and what tasks read of each other's shuffle files.
 *
 * <p>Code and settings of tasks are not counted: Spark does not report their size.
 */
final class ClusterTraffic extends SparkListener {
  private final AtomicLong broadcast = new AtomicLong();
  private final AtomicLong results = new AtomicLong();
  private final AtomicLong shuffle = new AtomicLong();

  /**
   * What travelled.
   *
   * @param broadcastBytes to the executors: parameters, updater state, samples of the sources
   * @param resultBytes to the driver
   * @param shuffleBytes read by tasks of what others wrote
   */
  record Bytes(long broadcastBytes, long resultBytes, long shuffleBytes) {}

  /** Counts from now on. */
  static ClusterTraffic of(JavaSparkContext context) {
    ClusterTraffic traffic = new ClusterTraffic();
    context.sc().addSparkListener(traffic);
    return traffic;
  }

  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated event) {
    BlockUpdatedInfo block = event.blockUpdatedInfo();
    if (block.blockId().isBroadcast()
        && block.blockId().name().contains("_piece")
        && block.storageLevel().isValid()
        && !block.blockManagerId().isDriver()) {
      broadcast.addAndGet(block.memSize() + block.diskSize());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    TaskMetrics metrics = event.taskMetrics();
    if (metrics != null) {
      results.addAndGet(metrics.resultSize());
      shuffle.addAndGet(metrics.shuffleReadMetrics().totalBytesRead());
    }
  }

  /**
   * Bytes so far, by kind, and no more from then on.
   *
   * @param context that it listens to; its events so far are waited for
   */
  Bytes stop(JavaSparkContext context) {
    try {
      // Events come some time after what they tell of.
      context.sc().listenerBus().waitUntilEmpty();
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("Spark does not report its events in time", e);
    }
    context.sc().removeSparkListener(this);
    return new Bytes(broadcast.get(), results.get(), shuffle.get());
  }
}
