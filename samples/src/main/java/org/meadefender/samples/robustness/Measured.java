package org.meadefender.samples.robustness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.meadefender.internal.Json;
import org.meadefender.samples.log.Provenance;
import org.meadefender.samples.log.RatesJson;
import org.meadefender.verify.BasisFigures;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.WatermarkRates;

/**
 * What one model of one run showed.
 *
 * @param setting of the experiment, without seed and triple
 * @param run seed and triple
 * @param model the victim, a thief's copy, or an unmarked network
 * @param combiner of the mark, which a comparison may have chosen
 * @param accuracy on all test images
 * @param answers what its ordinary answers show
 * @param rates WSR, WFPR and spill
 * @param nullRate null rate of the verdict
 * @param verdict its name
 * @param pValue of the verdict's binomial test
 * @param topClass verdict and tests by the top class, in words
 * @param probabilities the same by probabilities; empty without
 * @param beside name of the verdict beside a network without a mark; empty if there is none
 * @param notes what the training decided by itself
 * @param provenance of the program
 */
record Measured(
    String setting,
    String run,
    String model,
    String combiner,
    double accuracy,
    AnswerFigures answers,
    WatermarkRates rates,
    double nullRate,
    String verdict,
    double pValue,
    String topClass,
    String probabilities,
    String beside,
    String notes,
    Provenance provenance) {
  private static final String SETTING = "setting";
  private static final String RUN = "run";
  private static final String MODEL = "model";
  private static final String COMBINER = "combiner";
  private static final String ACCURACY = "accuracy";
  private static final String ANSWERS = "answers";
  private static final String RATES = "rates";
  private static final String NULL_RATE = "nullRate";
  private static final String VERDICT = "verdict";
  private static final String P_VALUE = "p";
  private static final String TOP_CLASS = "topClass";
  private static final String PROBABILITIES = "probabilities";
  private static final String BESIDE = "besideReference";
  private static final String NOTES = "notes";

  static Measured of(
      Experiment experiment,
      String model,
      String combiner,
      double accuracy,
      AnswerFigures answers,
      WatermarkRates rates,
      OwnershipVerdict verdict,
      String beside,
      String notes,
      Provenance provenance) {
    return new Measured(
        experiment.setting(),
        experiment.run(),
        model,
        combiner,
        accuracy,
        answers,
        rates,
        verdict.figures().nullRate(),
        verdict.name(),
        verdict.figures().pValue(),
        byBasis(verdict.figures().topClass()),
        verdict.figures().probabilities().map(Measured::byBasis).orElse(""),
        beside,
        notes,
        provenance);
  }

  private static String byBasis(BasisFigures basis) {
    String verdict = basis.passes() ? "Owned" : basis.showsTraces() ? "Traces" : "no";
    return String.format(
        Locale.ROOT,
        "%s: p %.1e, paired %.1e, rank %.1e",
        verdict,
        basis.pValue(),
        basis.pairedPValue(),
        basis.rankPValue());
  }

  /** From a line of a file. */
  static Measured from(JsonNode line) {
    return new Measured(
        Json.text(line, SETTING),
        Json.text(line, RUN),
        Json.text(line, MODEL),
        Json.text(line, COMBINER),
        line.path(ACCURACY).asDouble(),
        AnswerFigures.from(line.path(ANSWERS)),
        RatesJson.from(line.path(RATES)),
        line.path(NULL_RATE).asDouble(),
        Json.text(line, VERDICT),
        line.path(P_VALUE).asDouble(),
        line.path(TOP_CLASS).asText(""),
        line.path(PROBABILITIES).asText(""),
        line.path(BESIDE).asText(""),
        Json.text(line, NOTES),
        Provenance.from(line));
  }

  /** As a line of a file. */
  ObjectNode toJson() {
    ObjectNode line = Json.object();
    line.put(SETTING, setting)
        .put(RUN, run)
        .put(MODEL, model)
        .put(COMBINER, combiner)
        .put(ACCURACY, accuracy)
        .put(NULL_RATE, nullRate)
        .put(VERDICT, verdict)
        .put(P_VALUE, pValue)
        .put(TOP_CLASS, topClass)
        .put(PROBABILITIES, probabilities)
        .put(BESIDE, beside)
        .put(NOTES, notes);
    line.set(ANSWERS, answers.toJson());
    line.set(RATES, RatesJson.of(rates));
    line.set(Provenance.FIELD, provenance.toJson());
    return line;
  }
}
