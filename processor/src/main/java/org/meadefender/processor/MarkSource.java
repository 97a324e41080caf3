package org.meadefender.processor;

import javax.lang.model.element.AnnotationMirror;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of one watermark come from.
 *
 * @param name simple name of the annotation on the class, with its "@"
 * @param template the {@code @Protected}
 * @param use the annotation on the class where that is another one
 */
record MarkSource(String name, AnnotationMirror template, @Nullable AnnotationMirror use) {}
