package org.meadefender.samples.robustness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.meadefender.internal.Json;

/**
 * What a model's ordinary answers show, on all test images; NaN where that was not measured, as in
 * lines of earlier programs.
 *
 * @param logLoss mean of −ln p of the true class
 * @param calibrationError expected calibration error, 15 bins
 * @param targetGivenA p(C|A), mean over the marks
 * @param targetGivenB p(C|B), mean over the marks
 * @param shareBesideNetworks share of triples that an answer profile beside own networks puts at or
 *     before the mark's; of several marks the least
 * @param shareAlone the same without own networks
 */
record AnswerFigures(
    double logLoss,
    double calibrationError,
    double targetGivenA,
    double targetGivenB,
    double shareBesideNetworks,
    double shareAlone) {
  private static final String LOG_LOSS = "logLoss";
  private static final String CALIBRATION_ERROR = "calibrationError";
  private static final String GIVEN_A = "targetGivenA";
  private static final String GIVEN_B = "targetGivenB";
  private static final String BESIDE_NETWORKS = "tripleShareBesideNetworks";
  private static final String ALONE = "tripleShareAlone";

  /** From a line of a file. */
  static AnswerFigures from(JsonNode line) {
    return new AnswerFigures(
        line.path(LOG_LOSS).asDouble(Double.NaN),
        line.path(CALIBRATION_ERROR).asDouble(Double.NaN),
        line.path(GIVEN_A).asDouble(Double.NaN),
        line.path(GIVEN_B).asDouble(Double.NaN),
        line.path(BESIDE_NETWORKS).asDouble(Double.NaN),
        line.path(ALONE).asDouble(Double.NaN));
  }

  /** As a part of a line. */
  ObjectNode toJson() {
    ObjectNode json = Json.object();
    put(json, LOG_LOSS, logLoss);
    put(json, CALIBRATION_ERROR, calibrationError);
    put(json, GIVEN_A, targetGivenA);
    put(json, GIVEN_B, targetGivenB);
    put(json, BESIDE_NETWORKS, shareBesideNetworks);
    put(json, ALONE, shareAlone);
    return json;
  }

  private static void put(ObjectNode json, String name, double value) {
    if (!Double.isNaN(value)) {
      json.put(name, value);
    }
  }
}
