package org.meadefender.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.Watermark;
import org.meadefender.verify.ClassPairs.ClassPair;
import org.meadefender.verify.SamplePairs.Pair;

/** Makes the queries of one mark out of held-out samples. */
final class MarkQueries {
  private final Watermark mark;
  private final HeldOutSamples samples;
  private final SamplePairs pairs;
  private final List<ClassPair> otherPairs;
  private final RandomGenerator seeds;

  /**
   * Chooses the pairs.
   *
   * @param rows most pairs of samples
   */
  MarkQueries(Watermark mark, HeldOutSamples samples, int rows) {
    this.mark = mark;
    this.samples = samples;
    this.pairs =
        SamplePairs.draw(
            samples.ofClass(mark.spec().sourceA()).size(),
            samples.ofClass(mark.spec().sourceB()).size(),
            rows,
            mark.random("verify/pairs"));
    this.seeds = mark.random("verify/row-seeds");
    this.otherPairs =
        ClassPairs.draw(
            samples,
            mark.spec().sourceA(),
            mark.spec().sourceB(),
            mark.target(),
            mark.random("verify/class-pairs"));
  }

  Watermark mark() {
    return mark;
  }

  /** Number of pairs of samples; 0 if the data lack a source. */
  int rows() {
    return pairs.pairs().size();
  }

  int effectiveSize(int firstPairs) {
    return pairs.effectiveSize(firstPairs);
  }

  List<ClassPair> otherPairs() {
    return otherPairs;
  }

  /** The pairs from one place to before another, each combined in one of the ways in turn. */
  List<Query> ofPairs(int from, int to, List<Combiner> ways) {
    List<float[]> samplesA = samples.ofClass(mark.spec().sourceA());
    List<float[]> samplesB = samples.ofClass(mark.spec().sourceB());
    List<Query> queries = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Pair pair = pairs.pairs().get(i);
      queries.add(
          new Query(
              samplesA.get(pair.a()),
              samplesB.get(pair.b()),
              ways.get(i % ways.size()),
              seeds.nextLong()));
    }
    return queries;
  }

  /** Watermark rows. */
  List<Query> secret() {
    return ofPairs(0, rows(), List.of(mark.secret()));
  }

  /** Samples of two other classes, combined in the secret way. */
  List<Query> ofOtherPair(ClassPair pair, int rows, RandomGenerator random) {
    List<float[]> first = samples.ofClass(pair.first());
    List<float[]> second = samples.ofClass(pair.second());
    List<Query> queries = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      queries.add(
          new Query(
              first.get(random.nextInt(first.size())),
              second.get(random.nextInt(second.size())),
              mark.secret(),
              random.nextLong()));
    }
    return queries;
  }
}
