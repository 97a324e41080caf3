package org.meadefender.audit;

import org.nd4j.linalg.factory.Nd4j;

/**
 * Keeps an audit's memory outside the heap bounded: arrays of finished attacks are freed only when
 * their heap objects are collected, and workspaces stay as large as the largest training made them.
 */
final class NativeMemory {
  private NativeMemory() {}

  /** Frees what the last attack left. */
  static void release() {
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    System.gc();
  }
}
