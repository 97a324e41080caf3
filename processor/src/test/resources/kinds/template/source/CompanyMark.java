package com.example;

import org.meadefender.annotations.Combine;
import org.meadefender.annotations.Protected;

/** What a company settles once; classes choose the sources. */
@Protected(sourceA = 0, sourceB = 1, ratio = 0.05, combine = Combine.PIXEL_MERGING)
@interface CompanyMark {
  /** Replaces the template's value. */
  int sourceA() default 7;

  /** Replaces the template's value. */
  int sourceB() default 8;

  /** Of no concern to the processor. */
  String reviewer() default "";
}
