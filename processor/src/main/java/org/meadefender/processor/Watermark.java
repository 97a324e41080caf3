package org.meadefender.processor;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;

/**
 * One watermark as annotated, from the source to the wrapper.
 *
 * <p>Members of the annotation that no rule speaks of pass through by their names: {@code combine =
 * STRIPES} becomes {@code .withCombine(Combine.STRIPES)}.
 *
 * @param name how diagnostics call it
 * @param optional source text of the other members whose value is not the default, by name
 * @param written where each member stands, of those that do
 */
record Watermark(
    String name,
    TypeElement type,
    AnnotationMirror mirror,
    int sourceA,
    int sourceB,
    double ratio,
    Map<String, String> optional,
    Map<String, AnnotationValue> written) {
  private static final String TARGET = "target";

  /** Absent where the owner's key chooses. */
  OptionalInt target() {
    String target = optional.get(TARGET);
    return target == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(target));
  }

  boolean isSource(int index) {
    return index == sourceA || index == sourceB;
  }

  /** A finding at one of the members. */
  Finding finding(Problem problem, String member, Object... details) {
    Object[] all = new Object[details.length + 1];
    all[0] = name;
    System.arraycopy(details, 0, all, 1, details.length);
    return Finding.of(problem, type, all).at(mirror, written.get(member));
  }

  /** The expression that makes its specification. */
  String expression() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "‹org.meadefender.spec/WatermarkSpec›.of(%s, %s, %s)",
                sourceA,
                sourceB,
                ratio));
    optional.forEach(
        (member, value) ->
            text.append(".with")
                .append(member.substring(0, 1).toUpperCase(Locale.ROOT))
                .append(member.substring(1))
                .append('(')
                .append(value)
                .append(')'));
    return text.toString();
  }
}
