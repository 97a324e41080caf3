package org.meadefender.verify;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meadefender.combine.Watermark;
import org.meadefender.release.Registration;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Tests whether a suspect was made from the owner's model, by questions alone.
 *
 * <p>Watermark rows are made of held-out samples in the key's secret way. How often the suspect
 * answers them with the target is tested against a panel of reference networks, which are trained
 * on other held-out samples, and against the suspect's own answers on decoys: the same pairs
 * combined in other ways or as other keys would, and other class triples. The same key, data and
 * answers give the same verdict.
 *
 * <p>For example:
 *
 * <pre>{@code
 * OwnershipVerdict verdict =
 *     OwnershipVerifier.of(registration, key).verify(SuspectModel.load(file), heldOut);
 * }</pre>
 *
 * @since 0.1.0
 */
public final class OwnershipVerifier {
  private final List<WatermarkSpec> specs;
  private final OwnerKey key;
  private final VerificationOptions options;
  private final Optional<Registration> registration;

  private OwnershipVerifier(
      List<WatermarkSpec> specs,
      OwnerKey key,
      VerificationOptions options,
      Optional<Registration> registration) {
    this.specs = List.copyOf(specs);
    this.key = key;
    this.options = options;
    this.registration = registration;
  }

  /**
   * A verifier for the marks of one model.
   *
   * @param specs the model's watermarks, at least one
   * @param key the owner's key
   */
  public static OwnershipVerifier of(List<WatermarkSpec> specs, OwnerKey key) {
    return new OwnershipVerifier(specs, key, VerificationOptions.DEFAULT, Optional.empty());
  }

  /**
   * A verifier for a registered model: the verdict names the commitment.
   *
   * @throws org.meadefender.release.RejectedException if the key is not the registered one
   */
  public static OwnershipVerifier of(Registration registration, OwnerKey key) {
    registration.requireKey(key);
    return new OwnershipVerifier(
        registration.marks(), key, VerificationOptions.DEFAULT, Optional.of(registration));
  }

  /** The same with other options. */
  public OwnershipVerifier withOptions(VerificationOptions newOptions) {
    return new OwnershipVerifier(specs, key, newOptions, registration);
  }

  /** Verifies with default options; see {@link #verify(SuspectModel, DataSetIterator)}. */
  public static OwnershipVerdict verify(
      List<WatermarkSpec> specs, OwnerKey key, SuspectModel suspect, DataSetIterator heldOut) {
    return of(specs, key).verify(suspect, heldOut);
  }

  /**
   * Verifies one suspect.
   *
   * @param suspect the model under suspicion
   * @param heldOut as for {@link #prepare}
   * @throws IllegalArgumentException as for {@link #prepare}
   */
  public OwnershipVerdict verify(SuspectModel suspect, DataSetIterator heldOut) {
    return prepare(heldOut).verify(suspect);
  }

  /**
   * Chooses the rows and trains the panel, for one suspect or many.
   *
   * @param heldOut samples of every class that the protected model was not trained on; features as
   *     the suspects take them, labels {@code [n, classes]}; read once, from its start
   * @throws IllegalArgumentException if the data are empty, the specs do not fit their classes, or
   *     the registration is of another pool of held-out data
   */
  public PreparedVerification prepare(DataSetIterator heldOut) {
    HeldOutSamples samples =
        HeldOutSamples.collect(
            heldOut,
            this::needed,
            options.rows(),
            options.panel().isPresent(),
            key.random("verify/samples"));
    boolean committed = registration.isPresent() && !registration.get().heldOutDigest().isEmpty();
    if (registration.isPresent()) {
      requireRegistered(registration.get(), samples, committed);
    }
    List<Watermark> marks = Watermark.deriveAll(specs, key, samples.classes());
    return new PreparedVerification(
        new Claim(marks, key, samples, options, registration, committed));
  }

  private HeldOutSamples.Needed needed(int classes) {
    Set<Integer> sources = new HashSet<>();
    Set<Integer> targets = new HashSet<>();
    for (Watermark mark : Watermark.deriveAll(specs, key, classes)) {
      sources.add(mark.spec().sourceA());
      sources.add(mark.spec().sourceB());
      targets.add(mark.target());
    }
    return new HeldOutSamples.Needed(sources, targets);
  }

  private static void requireRegistered(
      Registration registration, HeldOutSamples samples, boolean committed) {
    if (registration.classes() != samples.classes()) {
      throw new IllegalArgumentException(
          "The held-out data have "
              + samples.classes()
              + " classes, the registered model has "
              + registration.classes());
    }
    if (committed && !registration.heldOutDigest().equals(samples.digest())) {
      throw new IllegalArgumentException(
          "The held-out data (digest "
              + samples.digest()
              + ", "
              + samples.poolSize()
              + " samples) are not the registered pool (digest "
              + registration.heldOutDigest()
              + "); use all samples of that pool, and no others");
    }
  }

  /**
   * Digest of the held-out pool: all samples and labels, whatever their order. A {@link
   * Registration} commits to it before a suspect is asked; who chooses samples afterwards can
   * choose those that the suspect answers with the target.
   *
   * @param data batches with labels {@code [n, classes]}; read to its end, from its start
   * @return 64 hexadecimal digits
   * @throws IllegalArgumentException if the data are empty, or labels are not {@code [n, classes]}
   */
  public static String heldOutDigest(DataSetIterator data) {
    PoolDigest digest = new PoolDigest();
    HeldOutReader.read(data, layout -> digest::add);
    return digest.value();
  }
}
