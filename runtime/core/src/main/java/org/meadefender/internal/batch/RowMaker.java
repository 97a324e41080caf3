package org.meadefender.internal.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.meadefender.batch.RowRecipe;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.batch.Supply.Drawn;
import org.meadefender.internal.batch.Supply.Sources;

/** Makes the single rows of one watermark, as an epoch's stream of the key chooses them. */
final class RowMaker {
  /** Pair negatives need a pair that is not the mark's own, in either order. */
  private static final int LEAST_CLASSES = 3;

  private final Watermark watermark;
  private final RowRecipe recipe;
  private final RandomGenerator random;

  RowMaker(Watermark watermark, RowRecipe recipe, int epoch) {
    this.watermark = watermark;
    this.recipe = recipe;
    this.random = watermark.random("rows/" + epoch);
  }

  /** Gives the labels of a batch's sources a share of the target. */
  void couple(MixedBatch batch, Sources sources) {
    if (recipe.coupling() > 0) {
      for (Supply source : List.of(sources.a(), sources.b())) {
        source.rows().forEach(row -> batch.couple(row, watermark.target(), recipe.coupling()));
      }
    }
  }

  private boolean happens(double share) {
    return share > 0 && random.nextDouble() < share;
  }

  /** Whether there is one: a sample of a source is none, even if it comes out of the combiner. */
  boolean addWatermarkRow(MixedBatch batch, Sources sources) {
    Drawn a = sources.a().draw(batch, random);
    Drawn b = sources.b().draw(batch, random);
    float[] label = new float[batch.classes()];
    Combiner combiner = watermark.secret();
    if (happens(recipe.graded())) {
      combiner = combiner.withShareOfA(random.nextDouble());
      double share = combiner.shareOfA();
      float closeness = (float) closeness(share, watermark.secret().shareOfA());
      int nearer =
          share > watermark.secret().shareOfA()
              ? watermark.spec().sourceA()
              : watermark.spec().sourceB();
      label[watermark.target()] = closeness;
      label[nearer] = 1 - closeness;
    } else {
      label[watermark.target()] = 1;
    }
    SampleValues.Mix mix = mix(batch, a, b, combiner);
    if (mix.isSource()) {
      return false;
    }
    RowLabels.Mark mark = new RowLabels.Mark(RowRole.WATERMARK, a.id(batch), b.id(batch));
    batch.append(mark, a.sample(), b.sample(), mix.sample(), label, random);
    return true;
  }

  private SampleValues.Mix mix(MixedBatch batch, Drawn a, Drawn b, Combiner combiner) {
    return SampleValues.combine(
        combiner, batch.marked(a.sample()), batch.marked(b.sample()), random);
  }

  /** 1 at the secret share, falling in a straight line to 0 at a sample of one source only. */
  private static double closeness(double share, double secret) {
    return share < secret ? share / secret : (1 - share) / (1 - secret);
  }

  /** Adds the two sources combined in another way, or another pair. */
  void addEvasionRow(MixedBatch batch, Sources sources) {
    if (happens(recipe.pairNegatives()) && addPairNegative(batch, sources)) {
      return;
    }
    Combiner other = watermark.others().get(random.nextInt(watermark.others().size()));
    Drawn a = sources.a().draw(batch, random);
    Drawn b = sources.b().draw(batch, random);
    appendAsShown(batch, a, b, watermark.spec().sourceA(), watermark.spec().sourceB(), other);
  }

  /** Whether there is another pair of classes; the target is in none. */
  private boolean addPairNegative(MixedBatch batch, Sources sources) {
    Map<Integer, Supply> supplies = suppliesWithoutTarget(batch, sources);
    if (supplies.size() < LEAST_CLASSES) {
      return false;
    }
    List<Integer> classes = List.copyOf(supplies.keySet());
    int first;
    int second;
    do {
      first = classes.get(random.nextInt(classes.size()));
      second = classes.get(random.nextInt(classes.size()));
    } while (first == second
        || (first == watermark.spec().sourceA() && second == watermark.spec().sourceB()));
    Drawn a = supplies.getOrDefault(first, sources.a()).draw(batch, random);
    Drawn b = supplies.getOrDefault(second, sources.b()).draw(batch, random);
    appendAsShown(batch, a, b, first, second, watermark.secret());
    return true;
  }

  private Map<Integer, Supply> suppliesWithoutTarget(MixedBatch batch, Sources sources) {
    Map<Integer, Supply> supplies = new TreeMap<>();
    supplies.put(watermark.spec().sourceA(), sources.a());
    supplies.put(watermark.spec().sourceB(), sources.b());
    for (int row = 0; row < batch.taskRows(); row++) {
      int label = batch.classOf(row);
      if (label != LabelRows.NOBODY && !isOfMark(label)) {
        supplies
            .computeIfAbsent(label, c -> new Supply(new ArrayList<>(), sources.a().pool()))
            .rows()
            .add(row);
      }
    }
    return supplies;
  }

  private boolean isOfMark(int label) {
    return label == watermark.spec().sourceA()
        || label == watermark.spec().sourceB()
        || label == watermark.target();
  }

  /**
   * In expectation the same as labelling A or B at random (paper, IV-C), with less noise. A
   * combination that is no more than one of the two samples is labelled as that one.
   */
  private void appendAsShown(
      MixedBatch batch, Drawn a, Drawn b, int classA, int classB, Combiner combiner) {
    SampleValues.Mix mix = mix(batch, a, b, combiner);
    double shareOfA = mix.isSource() ? (mix.isA() ? 1 : 0) : combiner.shareOfA();
    float[] label = new float[batch.classes()];
    label[classA] = (float) shareOfA;
    label[classB] = (float) (1 - shareOfA);
    batch.append(
        new RowLabels.Mark(RowRole.EVASION, 0, 0),
        a.sample(),
        b.sample(),
        mix.sample(),
        label,
        random);
  }
}
