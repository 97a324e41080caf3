package org.meadefender.processor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * The names of elements, and the names that the processor looks for. It compares names and loads no
 * class of other artifacts, so that its jar works alone on any kind of processor path.
 */
final class Names {
  static final String PROTECTED = "org.meadefender.annotations.Protected";
  static final String SEVERAL = PROTECTED + ".Several";
  static final String MODEL_FACTORY = "org.meadefender.annotations.ModelFactory";
  static final String RUNTIME = "org.meadefender.train.ProtectedModel";
  static final String TRAINING_WRAPPER = "org.meadefender.wrapper.TrainingWrapper";
  static final String GENERATED = "javax.annotation.processing.Generated";

  private Names() {}

  /** {@code ProtectedNet} for {@code Net}, {@code ProtectedOuter_Net} for {@code Outer.Net}. */
  static String wrapperOf(TypeElement type) {
    return "Protected" + nested(type).replace('.', '_');
  }

  /** {@code Outer.Net}, without the package. */
  static String nested(TypeElement type) {
    Deque<String> names = new ArrayDeque<>();
    for (Element scope = type; scope instanceof TypeElement; scope = scope.getEnclosingElement()) {
      names.addFirst(scope.getSimpleName().toString());
    }
    return String.join(".", names);
  }

  /** Empty for the unnamed package. */
  static String packageOf(Element element) {
    for (Element scope = element; scope != null; scope = scope.getEnclosingElement()) {
      if (scope instanceof PackageElement found) {
        return found.getQualifiedName().toString();
      }
    }
    return "";
  }

  static String signature(ExecutableElement method) {
    return method.getSimpleName()
        + method.getParameters().stream()
            .map(each -> TypeNames.plain(each.asType()))
            .collect(Collectors.joining(", ", "(", ")"));
  }

  /** The class of a declared type, unless it is missing. */
  static @Nullable TypeElement classOf(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        ? (TypeElement) ((DeclaredType) type).asElement()
        : null;
  }

  static boolean is(AnnotationMirror mirror, String annotation) {
    return isNamed((TypeElement) mirror.getAnnotationType().asElement(), annotation);
  }

  static boolean isNamed(TypeElement type, String name) {
    return type.getQualifiedName().contentEquals(name);
  }

  static boolean isStatic(Element element) {
    return element.getModifiers().contains(Modifier.STATIC);
  }

  /** Whether an instance belongs to an instance of the enclosing class. */
  static boolean isInner(TypeElement type) {
    return type.getKind() == ElementKind.CLASS
        && type.getEnclosingElement() instanceof TypeElement outer
        && !outer.getKind().isInterface()
        && !isStatic(type);
  }

  static @Nullable AnnotationMirror annotation(Element element, String name) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (is(mirror, name)) {
        return mirror;
      }
    }
    return null;
  }
}
