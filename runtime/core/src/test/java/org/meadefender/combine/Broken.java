package org.meadefender.combine;

import java.util.random.RandomGenerator;

/** Makes samples of another length. */
public final class Broken implements CombinerKind {
  @Override
  public String name() {
    return "broken";
  }

  @Override
  public Combiner derive(RandomGenerator random) {
    return new Combiner() {
      @Override
      public float[] combine(float[] a, float[] b, SampleShape shape, RandomGenerator rows) {
        return new float[a.length - 1];
      }

      @Override
      public double shareOfA() {
        return 0.5;
      }
    };
  }
}
