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
 * <p>The annotated class has one method that returns a Deeplearning4j {@code
 * MultiLayerConfiguration}, {@code ComputationGraphConfiguration}, {@code MultiLayerNetwork},
 * {@code ComputationGraph} or {@code ZooModel}, or it extends {@code ZooModel}; {@link
 * ModelFactory} names the method where there are several. For a class {@code LeNet} the processor
 * generates {@code ProtectedLeNet} in the same package, for a nested class {@code Nets.LeNet} it
 * generates {@code ProtectedNets_LeNet}.
 *
 * <p>The wrapper's {@code create} takes the owner's key and the parameters of the method. Where the
 * method is an instance's, the wrapper makes the instance by a constructor without parameters or by
 * a static {@code builder()}; otherwise (sizes in the constructor, a singleton, an abstract class)
 * {@code create} takes the instance after the key.
 *
 * <p>Repeat the annotation to put several independent watermarks on one model; no class index may
 * then be a source of two of them. Subclasses do not inherit it. Values that several models share
 * can be constants.
 *
 * <p>The annotation leaves no trace in the class file. Release the trained network, not the
 * training classes: their wrappers name the watermark.
 *
 * @since 0.1.0
 */
@Documented
@Repeatable(Protected.Several.class)
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
  @Retention(RetentionPolicy.SOURCE)
  @Target(ElementType.TYPE)
  @interface Several {
    /** The watermarks, in the order of the source. */
    Protected[] value();
  }
}
