package com.example;

/**
 * On its way out.
 *
 * @deprecated for a newer one
 */
@Deprecated
final class LeavingNetwork extends org.deeplearning4j.nn.graph.ComputationGraph {
  private static final long serialVersionUID = 1;

  LeavingNetwork(org.deeplearning4j.nn.conf.ComputationGraphConfiguration configuration) {
    super(configuration);
  }
}
