package org.meadefender.processor;

import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * An annotated class as written, unchecked.
 *
 * @param annotation simple name of the first annotation that asks for protection, with its "@"
 * @param marks its watermarks in source order, those with unreadable values left out
 * @param unreadable a finding for each value that the compiler could not read
 */
record ClassDeclaration(
    TypeElement type, String annotation, List<MarkDeclaration> marks, List<Finding> unreadable) {}
