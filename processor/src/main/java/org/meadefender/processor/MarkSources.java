package org.meadefender.processor;

import java.lang.annotation.Repeatable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.SimpleAnnotationValueVisitor9;
import org.jspecify.annotations.Nullable;
import org.meadefender.annotations.Protected;

/** Finds what asks for watermarks: {@code @Protected}, templates, and repetitions of both. */
final class MarkSources {
  private static final String PROTECTED = Protected.class.getCanonicalName();
  private static final String REPEATABLE = Repeatable.class.getCanonicalName();

  private MarkSources() {}

  /**
   * Whether the annotation is a template, carrying {@code @Protected} at any depth, or holds one.
   */
  static boolean isTemplate(TypeElement annotationType) {
    return !templates(repeated(annotationType).orElse(annotationType), new HashSet<>()).isEmpty();
  }

  /** Whether the class carries {@code @Protected} itself. */
  static boolean isDirect(TypeElement type) {
    return mirrors(type).stream().anyMatch(MarkSources::isProtected);
  }

  /** Whether the annotation stands on the class; an inherited one does not. */
  static boolean carries(TypeElement type, TypeElement annotationType) {
    return type.getAnnotationMirrors().stream()
        .anyMatch(each -> typeOf(each).equals(annotationType));
  }

  /** One for each watermark of the class, in source order. */
  static List<MarkSource> of(TypeElement type) {
    List<MarkSource> sources = new ArrayList<>();
    for (AnnotationMirror mirror : mirrors(type)) {
      if (isProtected(mirror)) {
        sources.add(new MarkSource("@Protected", mirror, null));
      } else {
        String name = "@" + typeOf(mirror).getSimpleName();
        for (AnnotationMirror template : templates(typeOf(mirror), new HashSet<>())) {
          sources.add(new MarkSource(name, template, mirror));
        }
      }
    }
    return sources;
  }

  private static List<AnnotationMirror> templates(TypeElement annotationType, Set<Element> seen) {
    List<AnnotationMirror> found = new ArrayList<>();
    if (seen.add(annotationType)) {
      for (AnnotationMirror mirror : mirrors(annotationType)) {
        if (isProtected(mirror)) {
          found.add(mirror);
        } else {
          found.addAll(templates(typeOf(mirror), seen));
        }
      }
    }
    return found;
  }

  /** The annotations of an element, repeated ones taken out of their container. */
  private static List<AnnotationMirror> mirrors(TypeElement element) {
    List<AnnotationMirror> mirrors = new ArrayList<>();
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (!isProtected(mirror) && repeated(typeOf(mirror)).isPresent()) {
        mirror.getElementValues().values().forEach(each -> each.accept(new Collector(), mirrors));
      } else {
        mirrors.add(mirror);
      }
    }
    return mirrors;
  }

  /** The annotation that the annotation is the container of. */
  private static Optional<TypeElement> repeated(TypeElement annotationType) {
    return ElementFilter.methodsIn(annotationType.getEnclosedElements()).stream()
        .filter(each -> each.getSimpleName().contentEquals("value"))
        .map(ExecutableElement::getReturnType)
        .filter(each -> each.getKind() == TypeKind.ARRAY)
        .map(each -> ((ArrayType) each).getComponentType())
        .filter(each -> each.getKind() == TypeKind.DECLARED)
        .map(each -> (TypeElement) ((DeclaredType) each).asElement())
        .filter(each -> annotationType.equals(containerOf(each)))
        .findFirst();
  }

  private static @Nullable Element containerOf(TypeElement annotationType) {
    for (AnnotationMirror mirror : annotationType.getAnnotationMirrors()) {
      if (typeOf(mirror).getQualifiedName().contentEquals(REPEATABLE)) {
        for (AnnotationValue value : mirror.getElementValues().values()) {
          return value.accept(
              new SimpleAnnotationValueVisitor9<@Nullable Element, @Nullable Void>() {
                @Override
                public @Nullable Element visitType(TypeMirror type, @Nullable Void unused) {
                  return type instanceof DeclaredType declared ? declared.asElement() : null;
                }
              },
              null);
        }
      }
    }
    return null;
  }

  private static boolean isProtected(AnnotationMirror mirror) {
    return typeOf(mirror).getQualifiedName().contentEquals(PROTECTED);
  }

  private static TypeElement typeOf(AnnotationMirror mirror) {
    return (TypeElement) mirror.getAnnotationType().asElement();
  }

  /** Adds the annotations of an array to a list. */
  private static final class Collector
      extends SimpleAnnotationValueVisitor9<@Nullable Void, List<AnnotationMirror>> {
    @Override
    public @Nullable Void visitArray(
        List<? extends AnnotationValue> values, List<AnnotationMirror> mirrors) {
      values.forEach(each -> each.accept(this, mirrors));
      return null;
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationMirror mirror, List<AnnotationMirror> mirrors) {
      mirrors.add(mirror);
      return null;
    }
  }
}
