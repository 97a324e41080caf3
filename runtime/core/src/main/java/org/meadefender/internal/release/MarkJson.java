package org.meadefender.internal.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meadefender.annotations.Combine;
import org.meadefender.internal.Json;
import org.meadefender.spec.WatermarkSpec;

/** The public part of watermarks as JSON, as registrations hold it. */
public final class MarkJson {
  private static final String MARKS = "marks";

  private MarkJson() {}

  /** Adds marks to an object, as its member "marks". */
  public static void write(List<WatermarkSpec> marks, ObjectNode json) {
    for (WatermarkSpec mark : marks) {
      ObjectNode entry = json.withArray("/" + MARKS).addObject();
      entry.put("sourceA", mark.sourceA());
      entry.put("sourceB", mark.sourceB());
      entry.put("target", mark.target());
      // As text: see Json.
      entry.put("ratio", Double.toString(mark.ratio()));
      entry.put("combine", mark.combine().name());
      mark.ownCombiner().ifPresent(name -> entry.put("ownCombiner", name));
      entry.put("evasion", mark.evasion());
    }
  }

  /**
   * Reads the marks of an object.
   *
   * @throws IllegalArgumentException if it holds none
   */
  public static List<WatermarkSpec> read(JsonNode json) {
    List<WatermarkSpec> marks = new ArrayList<>();
    for (JsonNode mark : Json.array(json, MARKS)) {
      marks.add(
          new WatermarkSpec(
              Json.integer(mark, "sourceA"),
              Json.integer(mark, "sourceB"),
              Json.integer(mark, "target"),
              Double.parseDouble(Json.text(mark, "ratio")),
              Combine.valueOf(Json.text(mark, "combine")),
              mark.path("evasion").asBoolean(),
              mark.has("ownCombiner")
                  ? Optional.of(Json.text(mark, "ownCombiner"))
                  : Optional.empty()));
    }
    return marks;
  }
}
