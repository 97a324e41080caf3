package org.meadefender.batch;

/**
 * How many rows of each kind there were.
 *
 * @param task ordinary samples
 * @param watermark combined samples that are taught to be the target
 * @param evasion pairs combined in another way
 * @param source samples that were brought along because their batch had none of their class
 * @since 0.1.0
 */
public record RowCounts(long task, long watermark, long evasion, long source) {
  /** No rows at all. */
  public static final RowCounts NONE = new RowCounts(0, 0, 0, 0);

  /** Sums kind by kind. */
  public RowCounts plus(RowCounts other) {
    return new RowCounts(
        task + other.task,
        watermark + other.watermark,
        evasion + other.evasion,
        source + other.source);
  }
}
