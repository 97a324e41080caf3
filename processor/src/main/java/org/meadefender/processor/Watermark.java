package org.meadefender.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
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
 * @param optional the other members whose value is not the default, by name
 * @param written where each member stands, of those that do
 */
record Watermark(
    String name,
    TypeElement type,
    AnnotationMirror mirror,
    int sourceA,
    int sourceB,
    double ratio,
    Map<String, CodeBlock> optional,
    Map<String, AnnotationValue> written) {
  static final ClassName SPEC = ClassName.get("org.meadefender.spec", "WatermarkSpec");
  private static final String TARGET = "target";

  /** Absent where the owner's key chooses. */
  OptionalInt target() {
    CodeBlock target = optional.get(TARGET);
    return target == null
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(target.toString()));
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
  CodeBlock expression() {
    CodeBlock.Builder text =
        CodeBlock.builder().add("$T.of($L, $L, $L)", SPEC, sourceA, sourceB, ratio);
    optional.forEach(
        (member, value) ->
            text.add(
                ".with$L$L($L)",
                member.substring(0, 1).toUpperCase(Locale.ROOT),
                member.substring(1),
                value));
    return text.build();
  }
}
