package org.meadefender.attack;

/** Hears how far an attack has come. */
@FunctionalInterface
public interface AttackListener {
  /** Hears nothing. */
  AttackListener NONE = (step, done, total) -> {};

  /**
   * A step has been finished.
   *
   * @param step what is going on, for instance "epoch"
   * @param done steps of this kind finished so far
   * @param total steps of this kind in all
   */
  void progress(String step, int done, int total);
}
