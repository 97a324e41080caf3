package org.meadefender.internal.batch;

import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Sees the batches of the task before rows are added to them. */
public interface TaskBatchListener {

  /** Sees nothing. */
  TaskBatchListener NONE =
      new TaskBatchListener() {
        @Override
        public void restart() {}

        @Override
        public void offer(MultiDataSet batch) {}
      };

  /** The data start again. */
  void restart();

  /** The next batch; not to be changed. */
  void offer(MultiDataSet batch);
}
