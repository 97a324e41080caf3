package org.meadefender.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Reads the watermarks of a class from its annotations, in the order of the source. */
final class ReadWatermarks {
  private ReadWatermarks() {}

  /** Those that can be read, and a finding for each value that cannot. */
  static List<Watermark> of(TypeElement type, List<Finding> findings) {
    List<AnnotationMirror> mirrors = mirrors(type);
    List<Watermark> watermarks = new ArrayList<>();
    for (int i = 0; i < mirrors.size(); i++) {
      String place = mirrors.size() == 1 ? "" : " (" + (i + 1) + " of " + mirrors.size() + ")";
      read(type, mirrors.get(i), "@Protected" + place, findings).ifPresent(watermarks::add);
    }
    return List.copyOf(watermarks);
  }

  private static List<AnnotationMirror> mirrors(TypeElement type) {
    List<AnnotationMirror> mirrors = new ArrayList<>();
    for (AnnotationMirror mirror : type.getAnnotationMirrors()) {
      if (Names.is(mirror, Names.PROTECTED)) {
        mirrors.add(mirror);
      } else if (Names.is(mirror, Names.SEVERAL)) {
        for (AnnotationValue several : mirror.getElementValues().values()) {
          if (several.getValue() instanceof List<?> list) {
            for (Object each : list) {
              if (((AnnotationValue) each).getValue() instanceof AnnotationMirror repeated) {
                mirrors.add(repeated);
              }
            }
          }
        }
      }
    }
    return mirrors;
  }

  private static Optional<Watermark> read(
      TypeElement type, AnnotationMirror mirror, String name, List<Finding> findings) {
    Map<String, AnnotationValue> written = new HashMap<>();
    mirror
        .getElementValues()
        .forEach((member, value) -> written.put(member.getSimpleName().toString(), value));
    Map<String, Number> required = new HashMap<>();
    // In an order of their own: compilers differ in that of members.
    Map<String, CodeBlock> optional = new TreeMap<>();
    boolean readable = true;
    for (ExecutableElement member :
        ElementFilter.methodsIn(mirror.getAnnotationType().asElement().getEnclosedElements())) {
      String key = member.getSimpleName().toString();
      AnnotationValue standard = member.getDefaultValue();
      AnnotationValue value = written.get(key);
      if (value == null && standard != null) {
        continue;
      }
      Object read = value == null ? null : constant(value, member.getReturnType());
      if (read == null) {
        readable = false;
        findings.add(
            Finding.of(Problem.UNREADABLE_VALUE, type, name, key).at(mirror, written.get(key)));
      } else if (standard == null && read instanceof Number number) {
        required.put(key, number);
      } else if (standard == null || !read.equals(constant(standard, member.getReturnType()))) {
        optional.put(key, CodeBlock.of("$L", read));
      }
    }
    Number sourceA = required.get("sourceA");
    Number sourceB = required.get("sourceB");
    Number ratio = required.get("ratio");
    return readable && sourceA != null && sourceB != null && ratio != null
        ? Optional.of(
            new Watermark(
                name,
                type,
                mirror,
                sourceA.intValue(),
                sourceB.intValue(),
                ratio.doubleValue(),
                optional,
                written))
        : Optional.empty();
  }

  /**
   * A number, a truth value, or the code of another constant; null where it is something else, such
   * as a missing one.
   */
  private static @Nullable Object constant(AnnotationValue value, TypeMirror type) {
    Object raw = value.getValue();
    if (raw instanceof Character letter) {
      raw = (int) letter;
    }
    return switch (type.getKind()) {
      case INT -> raw instanceof Number number ? (Object) number.intValue() : null;
      case DOUBLE -> raw instanceof Number number ? (Object) number.doubleValue() : null;
      case BOOLEAN -> raw instanceof Boolean ? raw : null;
      case DECLARED ->
          raw instanceof VariableElement constant
                  && constant.getEnclosingElement() instanceof TypeElement kind
              ? CodeBlock.of("$T.$L", ClassName.get(kind), constant.getSimpleName())
              : null;
      default -> null;
    };
  }
}
