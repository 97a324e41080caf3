package org.meadefender.spark;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.meadefender.batch.RowCounts;

/** Counts rows on all workers; without names, so that Spark's pages do not show them. */
final class RowTotals implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LongAccumulator task;
  private final LongAccumulator watermark;
  private final LongAccumulator evasion;
  private final LongAccumulator source;

  RowTotals(JavaSparkContext context) {
    this.task = context.sc().longAccumulator();
    this.watermark = context.sc().longAccumulator();
    this.evasion = context.sc().longAccumulator();
    this.source = context.sc().longAccumulator();
  }

  void add(RowCounts rows) {
    task.add(rows.task());
    watermark.add(rows.watermark());
    evasion.add(rows.evasion());
    source.add(rows.source());
  }

  RowCounts sum() {
    return new RowCounts(task.sum(), watermark.sum(), evasion.sum(), source.sum());
  }
}
