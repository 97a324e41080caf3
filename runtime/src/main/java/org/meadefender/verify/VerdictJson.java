package org.meadefender.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.meadefender.release.Json;

/** A verdict as JSON, with all of its figures. */
public final class VerdictJson {
  private VerdictJson() {}

  /** The verdict with numbers as numbers; figures that were not measured are null. */
  public static ObjectNode of(OwnershipVerdict verdict) {
    VerificationFigures figures = verdict.figures();
    ObjectNode json = Json.object();
    json.put("verdict", verdict.name());
    if (verdict instanceof OwnershipVerdict.Inconclusive inconclusive) {
      json.put("reason", inconclusive.reason());
    }
    number(json, "watermarkSuccessRate", figures.watermarkSuccessRate());
    number(json, "decoyRate", figures.decoyRate());
    number(json, "pValue", figures.pValue());
    number(json, "pairedPValue", figures.pairedPValue());
    number(json, "alpha", figures.alpha());
    number(json, "rankPValue", figures.rankPValue());
    number(json, "rankAlpha", figures.rankAlpha());
    number(json, "accuracy", figures.accuracy());
    json.set("clean", rate(figures.clean()));
    json.put("labelMode", figures.labelMode().name().toLowerCase(Locale.ROOT));
    json.put("queries", figures.queries());
    VerificationFigures.Origin origin = figures.origin();
    json.put("suspect", origin.suspect());
    json.put("keyFingerprint", origin.keyFingerprint());
    json.put("heldOutDigest", origin.heldOutDigest());
    json.put("transcriptHash", origin.transcriptHash());
    json.put("version", origin.version());
    json.put("commitment", origin.commitment());
    for (MarkFigures mark : figures.marks()) {
      json.withArray("/marks").add(mark(mark));
    }
    return json;
  }

  private static ObjectNode mark(MarkFigures mark) {
    ObjectNode json = Json.object();
    json.put("sourceA", mark.spec().sourceA());
    json.put("sourceB", mark.spec().sourceB());
    json.put("combine", mark.spec().combine().name());
    mark.spec().ownCombiner().ifPresent(name -> json.put("ownCombiner", name));
    json.set("watermark", rate(mark.watermark()));
    number(json, "lower95", mark.lower());
    number(json, "upper95", mark.upper());
    json.put("effectiveRows", mark.effectiveRows());
    MarkFigures.DecoyRates decoys = mark.decoys();
    json.set("otherCombiners", rate(decoys.otherCombiners()));
    json.set("decoyKeys", rate(decoys.decoyKeys()));
    json.set("equivalentKeys", rate(decoys.equivalentKeys()));
    number(json, "shareOfEquivalentKeys", decoys.shareOfEquivalentKeys());
    json.set("spill", rate(decoys.spill()));
    json.set("nearPairs", rate(decoys.near()));
    json.set("bestOtherTriple", rate(decoys.bestOtherTriple()));
    json.set("independents", rate(decoys.independents()));
    if (decoys.independents().rows() > 0) {
      json.set("independentsOnBestTriple", rate(decoys.bestOtherTripleOfIndependents()));
    }
    number(json, "p0", mark.p0());
    json.put("p0Source", mark.p0Source().name());
    number(json, "pValue", mark.pValue());
    number(json, "pairedPValue", mark.pairedPValue());
    json.put("decoyTriples", mark.rank().decoys());
    json.put("decoyTriplesReaching", mark.rank().reaching());
    number(json, "rankPValue", mark.rank().pValue());
    json.put("secrecy", mark.secrecy().name());
    return json;
  }

  private static ObjectNode rate(Rate rate) {
    ObjectNode json = Json.object();
    json.put("hits", rate.hits());
    json.put("rows", rate.rows());
    return json;
  }

  private static void number(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    } else {
      json.putNull(name);
    }
  }

  /** The same with fractions as text of seven digits, which all platforms write alike. */
  static JsonNode signable(JsonNode json) {
    if (json.isFloatingPointNumber()) {
      return Json.object().textNode(String.format(Locale.ROOT, "%.6e", json.doubleValue()));
    }
    if (json instanceof ObjectNode object) {
      ObjectNode result = Json.object();
      object.properties().forEach(entry -> result.set(entry.getKey(), signable(entry.getValue())));
      return result;
    }
    if (json.isArray()) {
      var result = Json.object().arrayNode();
      json.forEach(each -> result.add(signable(each)));
      return result;
    }
    return json;
  }
}
