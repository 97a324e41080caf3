package org.meadefender.batch;

/**
 * Data that know how many batches an epoch has. A training then need not read them once before, to
 * learn where its last batches are.
 *
 * @since 0.1.0
 */
public interface KnownBatches {

  /** Batches from the first to the last, at least 0; the same after every reset. */
  int batchesPerEpoch();
}
