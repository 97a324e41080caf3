package org.meadefender.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.meadefender.internal.WholeFile;
import org.meadefender.release.Registration;
import org.meadefender.release.SigningKey;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.verify.OwnershipVerifier;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registrations that are made from the trained model, so that they name its very marks. */
final class ModelRegistration {
  private static final Logger log = LoggerFactory.getLogger(ModelRegistration.class);

  /** Enough of a digest to tell the releases of one model apart. */
  private static final int DIGITS = 8;

  private ModelRegistration() {}

  /**
   * Where the registration of a model file is written: beside it, with the first digits of its
   * digest in the name, so that another release never replaces it.
   */
  static Path beside(Path model, Registration registration) {
    String name = String.valueOf(model.getFileName());
    int end = name.lastIndexOf('.');
    return model.resolveSibling(
        (end > 0 ? name.substring(0, end) : name)
            + "."
            + registration.modelDigest().substring(0, DIGITS)
            + ".registration.json");
  }

  /**
   * Registers a model file without held-out data, and keeps an older registration of it.
   *
   * @return the registration's file
   */
  static Path write(List<WatermarkSpec> specs, int classes, OwnerKey key, Path model) {
    Registration registration = Registration.of(specs, classes, key, model, Instant.now());
    Path file = beside(model, registration);
    if (Files.exists(file)) {
      return file;
    }
    byte[] bytes = registration.sign(SigningKey.of(key)).toBytes();
    try {
      WholeFile.write(file, temporary -> Files.write(temporary, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the registration " + file, e);
    }
    log.info("Registered in {}: have it time-stamped, and do not deploy it with the model", file);
    return file;
  }

  /** A registration with the held-out pool and what reference networks answer to its rows. */
  static Registration certified(
      List<WatermarkSpec> specs, int classes, OwnerKey key, Path model, DataSetIterator heldOut) {
    return OwnershipVerifier.of(specs, key)
        .prepare(heldOut)
        .refuseConfusable()
        .certify(Registration.of(specs, classes, key, model, Instant.now()));
  }
}
