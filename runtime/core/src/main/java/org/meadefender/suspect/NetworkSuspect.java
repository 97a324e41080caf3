package org.meadefender.suspect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.meadefender.internal.Digests;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network in memory, named by its configuration and its parameters as they are now. */
final class NetworkSuspect implements SuspectModel {
  private final UnaryOperator<INDArray> network;
  private final Supplier<String> configuration;
  private final Supplier<INDArray> parameters;

  NetworkSuspect(
      UnaryOperator<INDArray> network,
      Supplier<String> configuration,
      Supplier<INDArray> parameters) {
    this.network = network;
    this.configuration = configuration;
    this.parameters = parameters;
  }

  @Override
  public INDArray predict(INDArray features) {
    return NetworkAnswers.of(features, network);
  }

  /** Of the parameters as 32-bit numbers, so that a saved and loaded network keeps its name. */
  @Override
  public String identity() {
    MessageDigest digest = Digests.sha256();
    digest.update(configuration.get().getBytes(StandardCharsets.UTF_8));
    Digests.add(digest, parameters.get().castTo(DataType.FLOAT).dup('c').data().asFloat());
    return "network in memory, sha256:" + HexFormat.of().formatHex(digest.digest());
  }
}
