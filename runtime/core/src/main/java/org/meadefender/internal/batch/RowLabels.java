package org.meadefender.internal.batch;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The columns that carry each row's role behind its class probabilities: role, first id, second id.
 *
 * <p>The role is the code of a {@link RowRole}. A task or source row that watermark rows were made
 * of has its own id first; a watermark row names the ids of its A and its B row; 0 means none. A
 * task row whose label gave a share to the target has that share in the last column. So a row keeps
 * its meaning wherever prefetching, shuffling or re-batching takes it.
 */
public final class RowLabels {
  /** Number of columns behind the class probabilities. */
  public static final int EXTRA_COLUMNS = 3;

  private RowLabels() {}

  /**
   * What is written behind a row's class probabilities.
   *
   * @param role of the row
   * @param firstId its own id, or that of its A row; 0 for none
   * @param secondId that of its B row; 0 for none
   */
  public record Mark(RowRole role, int firstId, int secondId) {}

  /**
   * Adds the columns.
   *
   * @param labels {@code [n + m, classes]}, task rows first
   * @param taskIds ids of the n task rows, 0 where a row is no source
   * @param taskShares shares that the labels of the n task rows gave to the target
   * @param marks of the m rows behind them
   * @return {@code [n + m, classes + 3]}, of a floating-point type
   */
  public static INDArray widen(
      INDArray labels, int[] taskIds, float[] taskShares, List<Mark> marks) {
    int n = taskIds.length;
    float[] columns = new float[(n + marks.size()) * EXTRA_COLUMNS];
    for (int row = 0; row < n; row++) {
      columns[row * EXTRA_COLUMNS] = RowRole.TASK.code();
      columns[row * EXTRA_COLUMNS + 1] = taskIds[row];
      columns[row * EXTRA_COLUMNS + 2] = taskShares[row];
    }
    for (int i = 0; i < marks.size(); i++) {
      int start = (n + i) * EXTRA_COLUMNS;
      columns[start] = marks.get(i).role.code();
      columns[start + 1] = marks.get(i).firstId;
      columns[start + 2] = marks.get(i).secondId;
    }
    DataType type = labels.dataType().isFPType() ? labels.dataType() : DataType.FLOAT;
    INDArray extra = Nd4j.createFromArray(columns).reshape(-1, EXTRA_COLUMNS);
    return Nd4j.concat(1, labels.castTo(type), extra.castTo(type));
  }
}
