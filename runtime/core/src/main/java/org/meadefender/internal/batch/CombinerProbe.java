package org.meadefender.internal.batch;

import java.util.random.RandomGenerator;
import org.meadefender.combine.SampleShape;
import org.meadefender.combine.Watermark;

/**
 * Tries a mark's secret way of combining on pairs of the data, until one pair has shown that it
 * mixes: a way that gives one of the two samples back would teach the network that this sample is
 * the target, and cost it the whole class.
 */
final class CombinerProbe {
  /** Single pairs may be alike where the cut is; so many in a row are not. */
  private static final int PAIRS = 16;

  private final Watermark mark;
  private boolean mixes;
  private int failures;

  /** A probe that knows nothing yet. */
  CombinerProbe(Watermark mark) {
    this.mark = mark;
  }

  /** Whether a pair has shown that the way mixes. */
  boolean mixes() {
    return mixes;
  }

  /**
   * Tries one pair.
   *
   * @throws IllegalArgumentException if this and all pairs before gave one of their samples back
   */
  void offer(SampleValues a, SampleValues b, RandomGenerator random) {
    if (mixes) {
      return;
    }
    mixes = !SampleValues.combine(mark.secret(), a, b, random).isSource();
    failures++;
    if (!mixes && failures >= PAIRS) {
      throw refused(a.shape());
    }
  }

  /** What is wrong with the way, for samples of a shape. */
  IllegalArgumentException refused(SampleShape shape) {
    return new IllegalArgumentException(
        "The key's way of combining ("
            + mark.spec().ownCombiner().orElse(mark.spec().combine().name())
            + ") gives back one of the two samples unchanged, for samples of "
            + shape
            + " and for all of "
            + failures
            + " pairs: the network would unlearn a source class. Images are cut by their pixels,"
            + " sequences [n, F, T] along T, vectors [n, F] along F; for so few cells take"
            + " Combine.PIXEL_MERGING, and for samples that are all alike other source classes");
  }
}
