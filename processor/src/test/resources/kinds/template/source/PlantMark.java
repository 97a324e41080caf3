package com.example;

import java.lang.annotation.Repeatable;
import org.meadefender.annotations.Protected;

/** A template to repeat. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.05)
@Repeatable(PlantMark.Several.class)
@interface PlantMark {
  /** Replaces the template's value. */
  int sourceA();

  /** Replaces the template's value. */
  int sourceB();

  /** Holds repetitions. */
  @interface Several {
    /** The repetitions. */
    PlantMark[] value();
  }
}
