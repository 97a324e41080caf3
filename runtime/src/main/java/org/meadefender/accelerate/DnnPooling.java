package org.meadefender.accelerate;

import org.deeplearning4j.nn.layers.mkldnn.MKLDNNSubsamplingHelper;
import org.nd4j.linalg.api.buffer.DataType;

/** Pooling by oneDNN. */
final class DnnPooling extends MKLDNNSubsamplingHelper {
  DnnPooling(DataType type) {
    super(type);
  }

  /** The place where Deeplearning4j looks for oneDNN's switch has moved; see Acceleration. */
  @Override
  public boolean checkSupported() {
    return true;
  }
}
