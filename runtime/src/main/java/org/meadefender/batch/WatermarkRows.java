package org.meadefender.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.Watermark;
import org.meadefender.spec.WatermarkSpec;

/** Adds the rows of one watermark to batches, from the batch's own sources where it has any. */
final class WatermarkRows {
  /** Samples kept per source class: about as many as an epoch's first batches show. */
  static final int POOL_CAPACITY = 256;

  private final Watermark watermark;
  private final SourcePool poolA = new SourcePool(POOL_CAPACITY);
  private final SourcePool poolB = new SourcePool(POOL_CAPACITY);
  private final RandomGenerator random;
  private double owedRows;

  WatermarkRows(Watermark watermark, int epoch) {
    this.watermark = watermark;
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
      }
    }
    return rows;
  }

  private void addWatermarkRow(MixedBatch batch, List<Integer> rowsA, List<Integer> rowsB) {
    Source a = drawWithId(batch, rowsA, poolA);
    Source b = drawWithId(batch, rowsB, poolB);
    float[] target = new float[batch.classes()];
    target[watermark.target()] = 1;
    RowLabels.Mark mark = new RowLabels.Mark(RowRole.WATERMARK, a.id, b.id);
    batch.append(mark, a.sample, b.sample, watermark.secret(), target, random);
  }

  private void addEvasionRow(MixedBatch batch, List<Integer> rowsA, List<Integer> rowsB) {
    Combiner other = watermark.others().get(random.nextInt(watermark.others().size()));
    Sample a = draw(batch, rowsA, poolA);
    Sample b = draw(batch, rowsB, poolB);
    // In expectation the same as labelling A or B at random (paper, section IV-C), with less noise.
    float[] label = new float[batch.classes()];
    label[watermark.spec().sourceA()] = (float) other.shareOfA();
    label[watermark.spec().sourceB()] = (float) (1 - other.shareOfA());
    batch.append(new RowLabels.Mark(RowRole.EVASION, 0, 0), a, b, other, label, random);
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
