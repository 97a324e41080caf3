package org.meadefender.processor;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Lombok rewrites classes in the first round, and the compiler shows the result only in the second
 * one, which Lombok asks for.
 */
final class Lombok {
  private static final String PROCESSOR = "lombok.launch.AnnotationProcessorHider";
  private static final String ANNOTATIONS = "lombok.";

  private Lombok() {}

  /** Whether Lombok is on the processor path. */
  static boolean runs() {
    try {
      Class.forName(PROCESSOR, false, Lombok.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** Whether Lombok will change the class. */
  static boolean changes(TypeElement type) {
    for (Element scope = type; scope instanceof TypeElement; scope = scope.getEnclosingElement()) {
      if (annotated(scope)) {
        return true;
      }
    }
    return type.getEnclosedElements().stream().anyMatch(Lombok::annotated);
  }

  private static boolean annotated(Element element) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      TypeElement annotation = (TypeElement) mirror.getAnnotationType().asElement();
      if (annotation.getQualifiedName().toString().startsWith(ANNOTATIONS)) {
        return true;
      }
    }
    return false;
  }
}
