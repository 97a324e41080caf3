package org.meadefender.audit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of one attack on one model.
 *
 * @param id unique name within the audit
 * @param attack the attack
 * @param variant its parameters for readers; may be empty
 * @param subject the attacked model
 * @param outcome what it came to
 * @param mark accuracy and answers to watermark rows; null for searches
 * @param queries questions that the victim answered
 * @param seconds time that the attack took, measurements included
 * @param seed of the attack
 * @param figures further figures by name, in a fixed order
 * @param series further rows of numbers by name
 * @param pictures pictures
 */
public record AuditEntry(
    String id,
    Attack attack,
    String variant,
    Subject subject,
    Outcome outcome,
    @Nullable MarkResult mark,
    long queries,
    double seconds,
    long seed,
    Map<String, Double> figures,
    Map<String, List<Double>> series,
    List<Picture> pictures) {

  /** Which model was attacked. */
  public enum Subject {
    /** The protected model. */
    PROTECTED,
    /** A plain model, for comparison. */
    CONTROL
  }

  /**
   * A picture.
   *
   * @param caption what it shows
   * @param png its PNG bytes in Base64
   */
  public record Picture(String caption, String png) {}

  /**
   * The further figures for readers, for instance {@code classes flagged 0, highest index 1.95}.
   */
  public String figuresText() {
    return figures.entrySet().stream()
        .map(each -> each.getKey() + " " + number(each.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%.3g", value);
  }

  /** Title and variant. */
  public String title() {
    return variant.isEmpty() ? attack.title() : attack.title() + ", " + variant;
  }
}
