package org.meadefender.internal.batch;

/** Numbers the source rows of a stream; numbers come round again long after their batch. */
final class RowIds {
  /** Exact in every floating-point type from half precision on. */
  static final int MAX = 2047;

  private int last;

  int next() {
    last = last % MAX + 1;
    return last;
  }
}
