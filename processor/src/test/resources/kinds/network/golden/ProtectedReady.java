package com.example;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.ProtectedModel;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.wrapper.TrainingWrapper;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Trains the model of {@link Ready} with an ownership watermark, and tests suspects for it. */
@Generated("org.meadefender.processor.ProtectedProcessor")
final class ProtectedReady extends TrainingWrapper<MultiLayerNetwork> {
  private static final List<WatermarkSpec> WATERMARKS = List.of(WatermarkSpec.of(0, 1, 0.1));

  private ProtectedReady(ProtectedModel<MultiLayerNetwork> model) {
    super(model);
  }

  /** Creates an untrained model, to be marked with the owner's secret key. */
  public static ProtectedReady create(OwnerKey key) {
    var network = Objects.requireNonNull(Ready.network(), "Ready.network() returned null");
    return new ProtectedReady(ProtectedModel.create(WATERMARKS, key, network));
  }

  /** Tests a suspect; held out are labelled samples that no model was trained on. */
  public static OwnershipVerdict verifyOwnership(OwnerKey key, SuspectModel suspect,
      DataSetIterator heldOut) {
    return verifier(key).verify(suspect, heldOut);
  }

  /** The same for a network. */
  public static OwnershipVerdict verifyOwnership(OwnerKey key, Model suspect,
      DataSetIterator heldOut) {
    return verifyOwnership(key, SuspectModel.of(suspect), heldOut);
  }

  /** The same for a file. */
  public static OwnershipVerdict verifyOwnership(OwnerKey key, Path suspect,
      DataSetIterator heldOut) {
    return verifyOwnership(key, SuspectModel.load(suspect), heldOut);
  }

  /** For verification with options, such as a budget of queries or reference models. */
  public static OwnershipVerifier verifier(OwnerKey key) {
    return OwnershipVerifier.of(WATERMARKS, key);
  }
}
