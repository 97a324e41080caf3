package org.meadefender.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a training wrapper that marks the annotated model with an MEA-Defender watermark (Lv et
 * al., IEEE S&amp;P 2024).
 *
 * <p>The annotated class has one no-argument method that returns a Deeplearning4j {@code
 * MultiLayerConfiguration}, {@code ComputationGraphConfiguration}, {@code MultiLayerNetwork} or
 * {@code ComputationGraph}, or it extends {@code ZooModel}. For a class {@code LeNet} the processor
 * generates {@code ProtectedLeNet} in the same package.
 *
 * <p>The annotation is not kept at run time: a deployed jar does not tell how its model is marked.
 */
@Documented
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface Protected {
  /** Value of {@link #target()} that leaves the choice to the owner's key. */
  int TARGET_FROM_KEY = -1;

  /** Class index of source A, from 0. */
  int sourceA();

  /** Class index of source B, from 0; not {@link #sourceA()}. */
  int sourceB();

  /** Watermark rows added per task row, in (0, 1]. */
  double ratio();

  /**
   * Class index that watermark samples are taught to be; neither source. By default the owner's key
   * chooses it among the other classes.
   */
  int target() default TARGET_FROM_KEY;

  /** How two samples become one. */
  Combine combine() default Combine.CROP_AND_PASTE;

  /**
   * Whether to add, for each watermark row, an evasion row: the sources combined in another way and
   * labelled as a source (paper, section IV-C). It keeps the combination secret.
   */
  boolean evasion() default true;
}
