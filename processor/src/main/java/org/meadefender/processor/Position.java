package org.meadefender.processor;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Where a diagnostic points: the annotation value if there is one, else the mirror, else the
 * element.
 */
record Position(
    Element element, @Nullable AnnotationMirror mirror, @Nullable AnnotationValue value) {

  static Position of(Element element) {
    return new Position(element, null, null);
  }
}
