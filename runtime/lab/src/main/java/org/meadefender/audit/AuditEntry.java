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
 * @param attack what the attack says about itself
 * @param variant its parameters for readers; may be empty
 * @param subject the attacked model
 * @param outcome what it came to
 * @param model what the attacked model still does; null for searches
 * @param curve where the result stands on a curve; null without
 * @param queries questions that the victim answered
 * @param seconds time that the attack took, measurements included
 * @param seed of the attack
 * @param figures further figures by name, in a fixed order
 * @param charts numbers to draw
 * @param pictures pictures
 */
public record AuditEntry(
    String id,
    AttackDescription attack,
    String variant,
    Subject subject,
    AttackOutcome outcome,
    @Nullable ModelFigures model,
    @Nullable CurvePoint curve,
    long queries,
    double seconds,
    long seed,
    Map<String, Double> figures,
    List<AttackChart> charts,
    List<Picture> pictures) {

  /** Which model was attacked. */
  public enum Subject {
    /** The protected model. */
    PROTECTED("protected model"),
    /** A model without the watermark, for comparison. */
    UNMARKED("unmarked model");

    private final String text;

    Subject(String text) {
      this.text = text;
    }

    /** A short name for readers. */
    public String text() {
      return text;
    }
  }

  /**
   * A picture.
   *
   * @param caption what it shows
   * @param png its PNG bytes in Base64
   */
  public record Picture(String caption, String png) {}

  /** Whether the protected model was attacked, and the attack left a model: not a search. */
  public boolean attacked() {
    return subject == Subject.PROTECTED && model != null && attack.family() != AttackFamily.NONE;
  }

  /** Whether the attack left a useful model of which verification does not say Owned. */
  public boolean lost() {
    return subject == Subject.PROTECTED
        && (outcome == AttackOutcome.REMOVED || outcome == AttackOutcome.TRACES);
  }

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
