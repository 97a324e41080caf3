package org.meadefender.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.Watermark;
import org.meadefender.spec.WatermarkSpec;

/** Adds the rows of one watermark to batches, from the batch's own sources where it has any. */
final class WatermarkRows {
  /** Samples kept per source class: about as many as an epoch's first batches show. */
  static final int POOL_CAPACITY = 256;

  private final Watermark watermark;
  private final RowRecipe recipe;
  private final SourcePool poolA = new SourcePool(POOL_CAPACITY);
  private final SourcePool poolB = new SourcePool(POOL_CAPACITY);
  private final RandomGenerator random;
  private double owedRows;

  WatermarkRows(Watermark watermark, RowRecipe recipe, int epoch) {
    this.watermark = watermark;
    this.recipe = recipe;
    this.random = watermark.random("rows/" + epoch);
  }

  void addTo(MixedBatch batch) {
    WatermarkSpec spec = watermark.spec();
    List<Integer> rowsA = collect(batch, spec.sourceA(), poolA);
    List<Integer> rowsB = collect(batch, spec.sourceB(), poolB);
    // Fractions are carried over, so that small batches reach the ratio too; a stream that shows
    // its first source late catches up within one batch's size.
    owedRows = Math.min(owedRows + batch.taskRows() * spec.ratio(), batch.taskRows());
    if (poolA.isEmpty() || poolB.isEmpty()) {
      return;
    }
    for (; owedRows >= 1; owedRows--) {
      addWatermarkRow(batch, rowsA, rowsB);
      if (spec.evasion()) {
        addEvasionRow(batch, rowsA, rowsB);
      }
    }
  }

  private List<Integer> collect(MixedBatch batch, int sourceClass, SourcePool pool) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < batch.taskRows(); row++) {
      if (batch.classOf(row) == sourceClass) {
        int source = row;
        rows.add(row);
        pool.offer(() -> batch.sample(source), random);
        if (recipe.coupling() > 0) {
          batch.couple(row, watermark.target(), recipe.coupling());
        }
      }
    }
    return rows;
  }

  private boolean happens(double share) {
    return share > 0 && random.nextDouble() < share;
  }

  private void addWatermarkRow(MixedBatch batch, List<Integer> rowsA, List<Integer> rowsB) {
    Source a = drawWithId(batch, rowsA, poolA);
    Source b = drawWithId(batch, rowsB, poolB);
    RowLabels.Mark mark = new RowLabels.Mark(RowRole.WATERMARK, a.id, b.id);
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
    batch.append(mark, a.sample, b.sample, combiner, label, random);
  }

  /** 1 at the secret share, falling in a straight line to 0 at a sample of one source only. */
  private static double closeness(double share, double secret) {
    return share < secret ? share / secret : (1 - share) / (1 - secret);
  }

  private void addEvasionRow(MixedBatch batch, List<Integer> rowsA, List<Integer> rowsB) {
    if (happens(recipe.pairNegatives()) && addPairNegative(batch)) {
      return;
    }
    Combiner other = watermark.others().get(random.nextInt(watermark.others().size()));
    Sample a = draw(batch, rowsA, poolA);
    Sample b = draw(batch, rowsB, poolB);
    appendAsShown(batch, a, b, watermark.spec().sourceA(), watermark.spec().sourceB(), other);
  }

  /** Whether the batch has another pair of classes; the target is in none. */
  private boolean addPairNegative(MixedBatch batch) {
    Map<Integer, List<Integer>> rowsOfClass = new HashMap<>();
    for (int row = 0; row < batch.taskRows(); row++) {
      if (batch.classOf(row) != watermark.target()) {
        rowsOfClass.computeIfAbsent(batch.classOf(row), c -> new ArrayList<>()).add(row);
      }
    }
    List<Integer> classes = rowsOfClass.keySet().stream().sorted().toList();
    if (classes.size() < 3) {
      return false;
    }
    int first;
    int second;
    do {
      first = classes.get(random.nextInt(classes.size()));
      second = classes.get(random.nextInt(classes.size()));
    } while (first == second
        || (first == watermark.spec().sourceA() && second == watermark.spec().sourceB()));
    appendAsShown(
        batch,
        draw(batch, rowsOfClass.getOrDefault(first, List.of()), poolA),
        draw(batch, rowsOfClass.getOrDefault(second, List.of()), poolB),
        first,
        second,
        watermark.secret());
    return true;
  }

  /** In expectation the same as labelling A or B at random (paper, IV-C), with less noise. */
  private void appendAsShown(
      MixedBatch batch, Sample a, Sample b, int classA, int classB, Combiner combiner) {
    float[] label = new float[batch.classes()];
    label[classA] = (float) combiner.shareOfA();
    label[classB] = (float) (1 - combiner.shareOfA());
    batch.append(new RowLabels.Mark(RowRole.EVASION, 0, 0), a, b, combiner, label, random);
  }

  private record Source(Sample sample, int id) {}

  private Source drawWithId(MixedBatch batch, List<Integer> rows, SourcePool pool) {
    if (rows.isEmpty()) {
      Sample sample = pool.draw(random);
      return new Source(sample, batch.appendSource(sample));
    }
    int row = rows.get(random.nextInt(rows.size()));
    return new Source(batch.sample(row), batch.idOf(row));
  }

  private Sample draw(MixedBatch batch, List<Integer> rows, SourcePool pool) {
    return rows.isEmpty() ? pool.draw(random) : batch.sample(rows.get(random.nextInt(rows.size())));
  }
}
