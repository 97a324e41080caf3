package org.meadefender.train;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meadefender.batch.RowCounts;
import org.meadefender.loss.LossAlphas;
import org.meadefender.loss.LossTerms;
import org.meadefender.train.TrainingReport.SourceRecall;
import org.meadefender.verify.Evaluation;

/**
 * How far a training is.
 *
 * @param epoch current epoch, from 1
 * @param epochs number of epochs
 * @param batch batches of this epoch so far
 * @param terms mean loss terms of this epoch so far
 * @param alphas coefficients of the losses in the last batch
 * @param rows number of rows of each kind of this epoch so far
 * @param recalls of the source classes on this epoch's task rows so far
 * @param samplesPerSecond task rows per second of this epoch so far
 * @param remaining estimated time to the end; zero while it cannot be told
 * @param evaluation of the epoch that has just ended, where asked for
 * @param epochDone whether the epoch has just ended
 * @since 0.1.0
 */
public record TrainingProgress(
    int epoch,
    int epochs,
    int batch,
    LossTerms terms,
    LossAlphas alphas,
    RowCounts rows,
    List<SourceRecall> recalls,
    double samplesPerSecond,
    Duration remaining,
    Optional<Evaluation> evaluation,
    boolean epochDone) {

  /** One line for people. */
  @Override
  public String toString() {
    return evaluation.map(each -> line() + "; " + each).orElseGet(this::line);
  }

  private String line() {
    return String.format(
        Locale.ROOT,
        "epoch %d/%d, batch %d: L_u %.4f, L_ver %.4f, L_com %.3f, L_eva %.4f, alphas"
            + " %.2f/%.2f/%.2f, %d watermark rows, recall of %s, %.0f samples/s, %d:%02d left",
        epoch,
        epochs,
        batch,
        terms.utility(),
        terms.verification(),
        terms.combination(),
        terms.evasion(),
        alphas.utility(),
        alphas.watermark(),
        alphas.evasion(),
        rows.watermark(),
        recalls,
        samplesPerSecond,
        remaining.toMinutes(),
        remaining.toSecondsPart());
  }
}
