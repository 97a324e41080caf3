package org.meadefender.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.meadefender.internal.Json;
import org.meadefender.reference.PanelDescription;
import org.meadefender.reference.PanelDescription.Member;
import org.meadefender.verify.MarkFigures.PanelFigures;
import org.meadefender.verify.MarkFigures.ProbabilityFigures;
import org.meadefender.verify.MarkFigures.Recognition;
import org.meadefender.verify.OwnershipVerdict.Basis;

/** A verdict as JSON, with all of its figures. */
final class VerdictJson {
  private VerdictJson() {}

  /** The verdict with numbers as numbers; figures that were not measured are null. */
  static ObjectNode of(OwnershipVerdict verdict) {
    VerificationFigures figures = verdict.figures();
    ObjectNode json = Json.object();
    json.put("verdict", verdict.name());
    if (verdict instanceof OwnershipVerdict.Inconclusive inconclusive) {
      json.put("reason", inconclusive.reason());
    }
    number(json, "watermarkSuccessRate", figures.watermarkSuccessRate());
    verdict.basisOfClaim().ifPresent(basis -> json.put("basis", basis.name()));
    number(json, "nullRate", figures.nullRate());
    number(json, "pValue", figures.pValue());
    number(json, "rankPValue", figures.rankPValue());
    number(json, "alpha", figures.alpha());
    figures.bases().forEach(basis -> json.set(name(basis), basis(basis)));
    number(json, "accuracy", figures.accuracy());
    json.set("clean", rate(figures.clean()));
    json.put("labelMode", figures.labelMode().name().toLowerCase(Locale.ROOT));
    json.put("queries", figures.queries());
    json.put("freshQueries", figures.freshQueries());
    figures.classOrder().forEach(json.withArray("/classOrder")::add);
    figures.notes().forEach(json.withArray("/notes")::add);
    json.set("panel", panel(figures.panel()));
    VerificationFigures.Origin origin = figures.origin();
    json.put("suspect", origin.suspect());
    json.put("keyFingerprint", origin.keyFingerprint());
    json.put("heldOutDigest", origin.heldOutDigest());
    json.put("heldOutCommitted", origin.heldOutCommitted());
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
    Recognition clean = mark.recognition();
    json.set("cleanSourceA", rate(clean.sourceA()));
    json.set("cleanSourceB", rate(clean.sourceB()));
    json.set("cleanTarget", rate(clean.target()));
    json.set("cleanSourcesAsTarget", rate(clean.sourcesAsTarget()));
    json.set("panel", panel(mark.panel()));
    number(json, "p0", mark.p0());
    json.put("p0Source", mark.p0Source().name());
    number(json, "pValue", mark.pValue());
    number(json, "pairedPValue", mark.pairedPValue());
    json.put("decoyTriples", mark.rank().decoys());
    json.put("decoyTriplesReaching", mark.rank().reaching());
    number(json, "rankPValue", mark.rank().pValue());
    json.put("secrecy", mark.secrecy().name());
    mark.probabilities().ifPresent(figures -> json.set("probabilities", probabilities(figures)));
    return json;
  }

  private static ObjectNode probabilities(ProbabilityFigures figures) {
    ObjectNode json = Json.object();
    number(json, "logProbability", figures.logProbability());
    number(json, "panelLogProbability", figures.panelLogProbability());
    number(json, "statistic", figures.statistic());
    number(json, "highestOfPanel", figures.highestOfPanel());
    number(json, "spread", figures.spread());
    number(json, "degreesOfFreedom", figures.degreesOfFreedom());
    number(json, "pValue", figures.pValue());
    number(json, "pairedPValue", figures.pairedPValue());
    json.put("decoys", figures.rank().decoys());
    json.put("decoysReaching", figures.rank().reaching());
    number(json, "rankPValue", figures.rank().pValue());
    return json;
  }

  private static ObjectNode panel(PanelFigures figures) {
    ObjectNode json = Json.object();
    json.put("models", figures.models());
    number(json, "mean", figures.mean());
    json.set("highest", rate(figures.highest()));
    number(json, "bound", figures.bound());
    number(json, "level", figures.level());
    return json;
  }

  /** A panel, as evidence and registrations name it. */
  static ObjectNode panel(PanelDescription panel) {
    ObjectNode json = Json.object();
    json.put("dataDigest", panel.dataDigest());
    ArrayNode members = json.putArray("members");
    for (Member member : panel.members()) {
      ObjectNode entry = members.addObject();
      entry.put("architecture", member.architecture());
      entry.put("seed", member.seed());
      entry.put("samples", member.samples());
      number(entry, "accuracy", member.accuracy());
    }
    return json;
  }

  private static ObjectNode basis(BasisFigures figures) {
    ObjectNode json = Json.object();
    number(json, "pValue", figures.pValue());
    number(json, "pairedPValue", figures.pairedPValue());
    number(json, "alpha", figures.alpha());
    number(json, "rankPValue", figures.rankPValue());
    number(json, "rankAlpha", figures.rankAlpha());
    return json;
  }

  private static String name(BasisFigures basis) {
    return basis.basis() == Basis.TOP_CLASS ? "topClass" : "probabilities";
  }

  /**
   * What the suspect's answers alone determine, without what rests on the panel: networks that are
   * trained on another platform differ in the last digits.
   */
  static ObjectNode withoutPanel(ObjectNode verdict) {
    ObjectNode result = verdict.deepCopy();
    result.remove(
        List.of(
            "version",
            "reason",
            "notes",
            "nullRate",
            "pValue",
            "rankPValue",
            "topClass",
            "probabilities",
            "panel"));
    for (JsonNode mark : result.path("marks")) {
      ((ObjectNode) mark)
          .remove(
              List.of(
                  "panel",
                  "p0",
                  "p0Source",
                  "pValue",
                  "decoyTriplesReaching",
                  "rankPValue",
                  "probabilities"));
    }
    return result;
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
