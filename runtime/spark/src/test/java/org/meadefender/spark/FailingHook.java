package org.meadefender.spark;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingHook;
import org.meadefender.internal.network.Networks;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Lets the first attempt of every task fail in its second step, after the mark was mixed in. */
class FailingHook implements TrainingHook {
  private static final long serialVersionUID = 1L;
  private static final AtomicInteger FAILURES = new AtomicInteger();
  private static volatile int lastIteration;

  private int steps;

  static int failures() {
    return FAILURES.get();
  }

  static void afterIteration(int iteration) {
    lastIteration = iteration;
  }

  void step(Model model) {
    steps++;
    if (steps == 2 && TaskContext.get().attemptNumber() == 0) {
      FAILURES.incrementAndGet();
      throw new IllegalStateException("a fault");
    }
  }

  @Override
  public void preUpdate(DataSet minibatch, Model model) {
    step(model);
  }

  @Override
  public void preUpdate(MultiDataSet minibatch, Model model) {
    step(model);
  }

  @Override
  public void postUpdate(DataSet minibatch, Model model) {}

  @Override
  public void postUpdate(MultiDataSet minibatch, Model model) {}

  /** Lets every attempt fail from some iteration on. */
  static final class Always extends FailingHook {
    private static final long serialVersionUID = 1L;

    @Override
    void step(Model model) {
      if (Networks.iterationCount(model) >= lastIteration) {
        throw new IllegalStateException("a lasting fault");
      }
    }
  }
}
