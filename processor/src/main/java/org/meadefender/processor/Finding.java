package org.meadefender.processor;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * A problem and where it points: at the annotation's value if there is one, else at the annotation,
 * else at the element.
 */
record Finding(
    Problem problem,
    String message,
    Element element,
    @Nullable AnnotationMirror mirror,
    @Nullable AnnotationValue value) {

  static Finding of(Problem problem, Element element, Object... details) {
    return new Finding(problem, problem.message(details), element, null, null);
  }

  Finding at(@Nullable AnnotationMirror newMirror, @Nullable AnnotationValue newValue) {
    return new Finding(problem, message, element, newMirror, newValue);
  }
}
