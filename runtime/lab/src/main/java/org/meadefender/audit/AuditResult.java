package org.meadefender.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that an audit found, as it is saved.
 *
 * @param schemaVersion version of the saved form
 * @param provenance what was audited, with what
 * @param plannedSteps number of steps of the whole audit, those of earlier plans included
 * @param entries finished steps, in their order
 */
public record AuditResult(
    int schemaVersion, Provenance provenance, int plannedSteps, List<AuditEntry> entries) {
  /** Version of the saved form that this code writes. */
  public static final int SCHEMA_VERSION = 3;

  /**
   * Where a result comes from; two runs with the same provenance give the same figures for the same
   * attack.
   *
   * @param plan name of the preset or plan
   * @param scale how large attacks were
   * @param seed seed of the audit
   * @param spec the public part of the watermark
   * @param keyFingerprint fingerprint of the owner's key
   * @param modelDigest SHA-256 of the protected model's parameters
   * @param unmarkedDigest SHA-256 of the unmarked model's parameters; empty without one
   * @param dataDigest SHA-256 of the attacker's and of the held-out data
   * @param versions versions of libraries and platform
   */
  public record Provenance(
      String plan,
      AttackScale scale,
      long seed,
      String spec,
      String keyFingerprint,
      String modelDigest,
      String unmarkedDigest,
      String dataDigest,
      Map<String, String> versions) {
    /** Whether results go together: a plan may have more or other attacks than the one before. */
    boolean continues(Provenance earlier) {
      return equals(
          new Provenance(
              plan,
              earlier.scale,
              earlier.seed,
              earlier.spec,
              earlier.keyFingerprint,
              earlier.modelDigest,
              earlier.unmarkedDigest,
              earlier.dataDigest,
              earlier.versions));
    }
  }

  /** Whether all steps have run. */
  public boolean complete() {
    return entries.size() == plannedSteps;
  }

  /** The entries of an attack on the protected model. */
  public List<AuditEntry> of(Attack attack) {
    return of(attack.id(), AuditEntry.Subject.PROTECTED);
  }

  /** The entries of an attack on one of the models. */
  public List<AuditEntry> of(Attack attack, AuditEntry.Subject subject) {
    return of(attack.id(), subject);
  }

  /**
   * The entries of an attack on one of the models.
   *
   * @param attack its id
   */
  public List<AuditEntry> of(String attack, AuditEntry.Subject subject) {
    return entries.stream()
        .filter(entry -> entry.attack().id().equals(attack) && entry.subject() == subject)
        .toList();
  }

  /** The entry with an id, if that step has run. */
  public Optional<AuditEntry> entry(String id) {
    return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }
}
