package org.meadefender.attack.extraction;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The victim as its customers see it: it answers samples, tells only so much, and counts.
 *
 * <p>Every answered sample is one query. A question that would exceed the budget gets no answer at
 * all.
 */
public final class BlackBox {
  /** Samples per question. */
  private static final int BATCH = 256;

  private final SuspectModel model;
  private final AnswerDetail answers;
  private final long budget;
  private final AtomicLong used = new AtomicLong();

  private BlackBox(SuspectModel model, AnswerDetail answers, long budget) {
    this.model = model;
    this.answers = answers;
    this.budget = budget;
  }

  /** A black box that tells all probabilities, any number of times. */
  public static BlackBox of(SuspectModel model) {
    return new BlackBox(model, AnswerDetail.probabilities(), Long.MAX_VALUE);
  }

  /** The same model telling something else, with a counter of its own. */
  public BlackBox withAnswers(AnswerDetail newAnswers) {
    return new BlackBox(model, newAnswers, budget);
  }

  /**
   * The same model with another budget and a counter of its own.
   *
   * @param newBudget samples that may be answered, at least 1
   */
  public BlackBox withBudget(long newBudget) {
    if (newBudget < 1) {
      throw new IllegalArgumentException("budget is " + newBudget + "; it must be at least 1");
    }
    return new BlackBox(model, answers, newBudget);
  }

  /**
   * AnswerDetail a batch.
   *
   * @param features samples, {@code [n, …]}
   * @return what the box tells, {@code [n, classes]}, an array of its own
   * @throws QueryBudgetExceededException if the budget does not cover all of them; none is answered
   *     then
   */
  public INDArray query(INDArray features) {
    long asked = features.size(0);
    used.getAndUpdate(
        before -> {
          if (asked > budget - before) {
            throw new QueryBudgetExceededException(asked, before, budget);
          }
          return before + asked;
        });
    return answers.tell(model.predict(features));
  }

  /**
   * AnswerDetail samples as long as the budget lasts.
   *
   * @return the answered samples, a first part of {@code samples}, with the answers as labels
   * @throws QueryBudgetExceededException if nothing is left of the budget
   */
  public LabelledSamples query(LabelledSamples samples) {
    LabelledSamples affordable =
        samples.take((int) Math.max(1, Math.min(samples.size(), remaining())));
    List<INDArray> parts = new ArrayList<>();
    for (int from = 0; from < affordable.size(); from += BATCH) {
      parts.add(query(affordable.features(from, Math.min(affordable.size(), from + BATCH))));
    }
    return affordable.withLabels(Nd4j.concat(0, parts.toArray(new INDArray[0])));
  }

  /** Samples answered so far. */
  public long queries() {
    return used.get();
  }

  /** Samples that may still be answered. */
  public long remaining() {
    return budget - used.get();
  }
}
