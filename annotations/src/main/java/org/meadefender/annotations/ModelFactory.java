package org.meadefender.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the method of a {@link Protected} class that makes the model, where several could.
 *
 * <p>The method may have parameters: the generated wrapper's {@code create} takes the same ones
 * after the owner's key.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface ModelFactory {}
