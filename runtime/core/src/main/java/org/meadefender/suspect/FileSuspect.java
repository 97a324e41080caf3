package org.meadefender.suspect;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network from a file with a normalizer. Its samples go through that, unless they are answered
 * better as they are: they may be normalised already, or the file's normalizer may be a trick.
 */
final class FileSuspect implements SuspectModel {
  private final SuspectModel network;
  private final StoredNormalizer normalizer;
  private final String identity;
  private final boolean normalises;
  private final String note;

  private FileSuspect(
      SuspectModel network,
      StoredNormalizer normalizer,
      String identity,
      boolean normalises,
      String note) {
    this.network = network;
    this.normalizer = normalizer;
    this.identity = identity;
    this.normalises = normalises;
    this.note = note;
  }

  static FileSuspect of(SuspectModel network, StoredNormalizer normalizer, String identity) {
    String named = "the normalizer in its file (" + normalizer.kind() + ")";
    return new FileSuspect(
        network,
        normalizer,
        identity,
        normalizer.fault().isEmpty(),
        normalizer
            .fault()
            .map(fault -> named + " is not used, " + fault + ": pass samples that went through it")
            .orElse("asked through " + named));
  }

  @Override
  public INDArray predict(INDArray features) {
    INDArray given;
    try {
      given = normalises ? normalizer.apply(features) : features;
    } catch (RuntimeException e) {
      throw new SuspectException(
          "The normalizer in the file does not take samples of shape "
              + java.util.Arrays.toString(features.shape()),
          e);
    }
    return network.predict(given);
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public List<String> notes() {
    return List.of(note);
  }

  @Override
  public SuspectModel settled(ToDoubleFunction<SuspectModel> accuracy) {
    if (!normalises) {
      return this;
    }
    FileSuspect plain =
        new FileSuspect(
            network,
            normalizer,
            identity,
            false,
            "the normalizer in its file ("
                + normalizer.kind()
                + ") is not used: clean samples are answered better as they are");
    return accuracy.applyAsDouble(plain) > accuracy.applyAsDouble(this) ? plain : this;
  }
}
