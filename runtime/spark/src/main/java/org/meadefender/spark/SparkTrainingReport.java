package org.meadefender.spark;

import java.time.Duration;
import org.meadefender.batch.RowCounts;
import org.meadefender.train.Method;

/**
 * What was trained.
 *
 * @param epochs that this call trained; fewer than asked for where it went on with a checkpoint
 * @param workers that trained side by side
 * @param stepsPerEpoch steps of the cluster, in each of which every worker trains on one minibatch
 * @param markedSteps of the whole training, the last ones, that taught the mark
 * @param rows of all workers and epochs of this call; those of a task that Spark repeated may count
 *     twice
 * @param method how the mark was taught
 * @param time wall-clock time
 */
public record SparkTrainingReport(
    int epochs,
    int workers,
    int stepsPerEpoch,
    int markedSteps,
    RowCounts rows,
    Method method,
    Duration time) {}
