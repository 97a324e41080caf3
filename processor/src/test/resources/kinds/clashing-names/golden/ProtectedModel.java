package com.example;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.wrapper.TrainingWrapper;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Trains the model of {@link Model} with an ownership watermark, and tests suspects for it. */
@Generated("org.meadefender.processor.ProtectedProcessor")
final class ProtectedModel extends TrainingWrapper<MultiLayerNetwork> {
  private static final List<WatermarkSpec> WATERMARKS = List.of(WatermarkSpec.of(0, 1, 0.1));

  private ProtectedModel(org.meadefender.train.ProtectedModel<MultiLayerNetwork> model) {
    super(model);
  }

  /** Creates an untrained model, to be marked with the owner's secret key. */
  public static ProtectedModel create(org.meadefender.spec.OwnerKey key, OwnerKey model) {
    var network = Objects.requireNonNull(Model.network(model), "Model.network() returned null");
    return new ProtectedModel(
        org.meadefender.train.ProtectedModel.create(WATERMARKS, key, network));
  }

  /** Tests a suspect; held out are labelled samples that no model was trained on. */
  public static OwnershipVerdict verifyOwnership(org.meadefender.spec.OwnerKey key,
      SuspectModel suspect, DataSetIterator heldOut) {
    return verifier(key).verify(suspect, heldOut);
  }

  /** The same for a network. */
  public static OwnershipVerdict verifyOwnership(org.meadefender.spec.OwnerKey key,
      org.deeplearning4j.nn.api.Model suspect, DataSetIterator heldOut) {
    return verifyOwnership(key, SuspectModel.of(suspect), heldOut);
  }

  /** The same for a file. */
  public static OwnershipVerdict verifyOwnership(org.meadefender.spec.OwnerKey key, Path suspect,
      DataSetIterator heldOut) {
    return verifyOwnership(key, SuspectModel.load(suspect), heldOut);
  }

  /** For verification with options, such as a budget of queries or reference models. */
  public static OwnershipVerifier verifier(org.meadefender.spec.OwnerKey key) {
    return OwnershipVerifier.of(WATERMARKS, key);
  }
}
