package org.meadefender.processor;

import com.palantir.javapoet.ClassName;
import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * All that the writer needs; nothing in it has to be checked again.
 *
 * @param origin the annotated class
 * @param visible whether the wrapper is public
 * @param generated whether {@code @Generated} can be seen from the class's module
 */
record WrapperModel(
    TypeElement origin,
    ClassName source,
    ClassName wrapper,
    boolean visible,
    boolean generated,
    List<Mark> marks,
    Factory factory) {}
