package org.meadefender.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a training wrapper that marks the annotated model with an MEA-Defender watermark (Lv et
 * al., IEEE S&amp;P 2024).
 *
 * <p>The annotated class has one no-argument method that returns a Deeplearning4j {@code
 * MultiLayerConfiguration}, {@code ComputationGraphConfiguration}, {@code MultiLayerNetwork},
 * {@code ComputationGraph} or {@code ZooModel}, or it extends {@code ZooModel}; {@link
 * ModelFactory} names the method where there are several. For a class {@code LeNet} the processor
 * generates {@code ProtectedLeNet} in the same package, for a nested class {@code Nets.LeNet} it
 * generates {@code ProtectedNets_LeNet}.
 *
 * <p>Repeat the annotation to put several independent watermarks on one model; no class index may
 * then be a source of two of them.
 *
 * <p>On an annotation type it is a template: each class that carries that annotation is protected
 * with these values. A member of the template with the name and type of a member of this annotation
 * replaces its value, so that {@code @OurWatermark(sourceA = 3, sourceB = 5)} can leave the rest to
 * the template. A template may be repeatable. Subclasses do not inherit it.
 *
 * <p>The annotation is not visible at run time. It stays in the class file, so that templates work
 * from a library; release the trained network, not the training classes, whose wrappers name the
 * watermark too.
 */
@Documented
@Repeatable(Protected.Several.class)
@Retention(RetentionPolicy.CLASS)
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

  /**
   * How two samples become one. {@link Combine#AUTOENCODER_BLENDING} needs a key with an
   * autoencoder; the other kinds need nothing but the key.
   */
  Combine combine() default Combine.CROP_AND_PASTE;

  /**
   * Whether to add, for each watermark row, an evasion row: the sources combined in another way and
   * labelled as a source (paper, section IV-C). It keeps the combination secret.
   */
  boolean evasion() default true;

  /** Holds repeated annotations; the compiler writes it. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target(ElementType.TYPE)
  @interface Several {
    /** The watermarks, in the order of the source. */
    Protected[] value();
  }
}
