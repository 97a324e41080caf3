package org.meadefender.internal.batch;

/** What a row of a mixed batch is there for. */
public enum RowRole {
  /** An ordinary training sample. */
  TASK(0),
  /** A combined sample that is taught to be the target. */
  WATERMARK(1),
  /** A pair combined in another way, taught to be what it shows. */
  EVASION(2),
  /** A sample from the pool that a watermark row was made of; has no loss of its own. */
  SOURCE(3);

  private static final RowRole[] BY_CODE = values();

  private final int code;

  RowRole(int code) {
    this.code = code;
  }

  /** How the role stands in a label; its place among the constants. */
  public int code() {
    return code;
  }

  /** The role with a code. */
  public static RowRole of(int code) {
    return BY_CODE[code];
  }
}
