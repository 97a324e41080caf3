package org.meadefender.train;

import java.nio.file.Path;
import java.util.List;
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
      List<WatermarkSpec> specs, OwnerKey key, MultiLayerConfiguration configuration) {
    return create(specs, key, new MultiLayerNetwork(configuration));
  }

  public static ProtectedModel<ComputationGraph> create(
      List<WatermarkSpec> specs, OwnerKey key, ComputationGraphConfiguration configuration) {
    return create(specs, key, new ComputationGraph(configuration));
  }

  public static <M extends Model> ProtectedModel<M> create(
      List<WatermarkSpec> specs, OwnerKey key, M network) {
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
      List<WatermarkSpec> specs, OwnerKey key, SuspectModel suspect, DataSetIterator heldOut) {
    return new OwnershipVerdict.Owned();
  }
}
