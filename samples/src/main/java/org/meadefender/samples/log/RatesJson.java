package org.meadefender.samples.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.meadefender.internal.Json;
import org.meadefender.verify.Rate;
import org.meadefender.verify.WatermarkRates;

/** WSR, WFPR and spill in lines of results, as hits and rows. */
public final class RatesJson {
  private static final String WATERMARK = "watermark";
  private static final String EVASION = "evasion";
  private static final String SPILL = "spill";
  private static final String HITS = "hits";
  private static final String ROWS = "rows";

  private RatesJson() {}

  /** To JSON. */
  public static ObjectNode of(WatermarkRates rates) {
    ObjectNode json = Json.object();
    json.set(WATERMARK, of(rates.watermark()));
    json.set(EVASION, of(rates.evasion()));
    json.set(SPILL, of(rates.spill()));
    return json;
  }

  private static ObjectNode of(Rate rate) {
    return Json.object().put(HITS, rate.hits()).put(ROWS, rate.rows());
  }

  /**
   * From JSON.
   *
   * @throws IllegalArgumentException if it is not what {@link #of} makes
   */
  public static WatermarkRates from(JsonNode json) {
    return new WatermarkRates(
        rate(json.path(WATERMARK)), rate(json.path(EVASION)), rate(json.path(SPILL)));
  }

  private static Rate rate(JsonNode json) {
    return new Rate(Json.integer(json, HITS), Json.integer(json, ROWS));
  }
}
