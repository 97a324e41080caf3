/**
 * Turns each class annotated with {@code @Protected} into a training wrapper, in three steps that
 * never mix: declaration, validation, writing.
 */
@NullMarked
package org.meadefender.processor;

import org.jspecify.annotations.NullMarked;
