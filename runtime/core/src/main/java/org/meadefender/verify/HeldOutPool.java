package org.meadefender.verify;

import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The held-out samples that a verdict may use, as they are committed to before a suspect is asked.
 *
 * <p>Who chooses samples after asking can choose those that the suspect answers with the target.
 */
public final class HeldOutPool {
  private HeldOutPool() {}

  /**
   * Digest of all samples and labels, whatever their order, for a {@link
   * org.meadefender.release.Registration}.
   *
   * @param data batches with labels {@code [n, classes]}; read to its end, from its start
   * @return 64 hexadecimal digits
   * @throws IllegalArgumentException if the data are empty, or labels are not {@code [n, classes]}
   */
  public static String digest(DataSetIterator data) {
    PoolDigest digest = new PoolDigest();
    HeldOutReader.read(data, layout -> digest::add);
    return digest.value();
  }
}
