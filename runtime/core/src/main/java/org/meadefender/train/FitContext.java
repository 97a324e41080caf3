package org.meadefender.train;

/** The training that a {@link FitListener} follows. */
public interface FitContext {

  /** The model; its network is the live one, not to be changed. */
  ProtectedModel<?> model();

  /** How the training was asked for. */
  TrainingOptions options();

  /** Epochs of this call that are over, from 0. */
  int epoch();

  /** Epochs at the start of this call that do not teach the mark at all, from 0. */
  int restingEpochs();

  /** How the mark is taught, in this epoch or, after it, in the next. */
  Method method();

  /** Teaches the mark in another way from the next epoch on. */
  void useMethod(Method method);

  /** Whether the training should end early, by the user's wish or an interrupt of its thread. */
  boolean isCancelled();

  /** Ends the training early; the epoch that is over is not saved then. */
  void stop();
}
