package org.meadefender.train;

import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.OwnershipVerdict;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** A network that is trained with a watermark. */
public final class ProtectedModel<M extends Model> {
  private final M network;

  private ProtectedModel(M network) {
    this.network = network;
  }

  public static ProtectedModel<MultiLayerNetwork> create(
      WatermarkSpec spec, OwnerKey key, MultiLayerConfiguration configuration) {
    return create(spec, key, new MultiLayerNetwork(configuration));
  }

  public static ProtectedModel<ComputationGraph> create(
      WatermarkSpec spec, OwnerKey key, ComputationGraphConfiguration configuration) {
    return create(spec, key, new ComputationGraph(configuration));
  }

  public static ProtectedModel<MultiLayerNetwork> create(
      WatermarkSpec spec, OwnerKey key, MultiLayerNetwork network) {
    return new ProtectedModel<>(network);
  }

  public static ProtectedModel<ComputationGraph> create(
      WatermarkSpec spec, OwnerKey key, ComputationGraph network) {
    return new ProtectedModel<>(network);
  }

  public M network() {
    return network;
  }

  public void fit(DataSetIterator data, int epochs) {
    java.util.Objects.requireNonNull(network);
  }

  public void release(Path file) {
    java.util.Objects.requireNonNull(network);
  }

  public OwnershipVerdict verifyOwnership(SuspectModel suspect, DataSetIterator heldOut) {
    return new OwnershipVerdict.Owned();
  }

  public static OwnershipVerdict verifyOwnership(
      WatermarkSpec spec, OwnerKey key, SuspectModel suspect, DataSetIterator heldOut) {
    return new OwnershipVerdict.Owned();
  }
}
