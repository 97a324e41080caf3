/**
 * Turns each class annotated with {@code @Protected} into a training wrapper: its declaration is
 * read into a {@link org.meadefender.processor.Wrapper}, which is written with JavaPoet. Each class
 * named with a verb is one rule or step; findings are collected on the way and reported by one
 * class.
 */
@NullMarked
package org.meadefender.processor;

import org.jspecify.annotations.NullMarked;
