package org.meadefender.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.meadefender.internal.Json;

/**
 * What reference networks without a mark answered to the secret rows, before the model was
 * released: a key that was picked for a natural confusion of classes shows in it.
 *
 * @param models number of reference networks
 * @param panelData SHA-256 of the samples that they were trained on
 * @param marks one entry per watermark
 * @since 0.1.0
 */
public record NullCertificate(int models, String panelData, List<MarkRates> marks) {

  /**
   * Rates of the target on the secret rows of one mark, from 0 to 1.
   *
   * @param mean over the reference networks
   * @param highest of them
   * @param bound upper prediction bound for one more unrelated model
   * @param level chance that one more is above the bound
   */
  public record MarkRates(double mean, double highest, double bound, double level) {}

  /** Copies the list. */
  public NullCertificate {
    marks = List.copyOf(marks);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("models", models);
    json.put("panelData", panelData);
    for (MarkRates mark : marks) {
      ObjectNode entry = json.withArray("/marks").addObject();
      // As text: see Json.
      entry.put("mean", Double.toString(mark.mean()));
      entry.put("highest", Double.toString(mark.highest()));
      entry.put("bound", Double.toString(mark.bound()));
      entry.put("level", Double.toString(mark.level()));
    }
    return json;
  }

  static NullCertificate read(JsonNode json) {
    List<MarkRates> marks = new ArrayList<>();
    for (JsonNode mark : Json.array(json, "marks")) {
      marks.add(
          new MarkRates(
              number(mark, "mean"),
              number(mark, "highest"),
              number(mark, "bound"),
              number(mark, "level")));
    }
    return new NullCertificate(Json.integer(json, "models"), Json.text(json, "panelData"), marks);
  }

  private static double number(JsonNode json, String name) {
    return Double.parseDouble(Json.text(json, name));
  }
}
