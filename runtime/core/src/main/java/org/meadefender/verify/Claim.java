package org.meadefender.verify;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meadefender.combine.Watermark;
import org.meadefender.release.Registration;
import org.meadefender.spec.OwnerKey;

/**
 * Who claims what, with which held-out data.
 *
 * @param marks the watermarks, at least one
 * @param key the claimant's key
 * @param samples held-out samples
 * @param options how thoroughly to verify
 * @param registration what was committed to; empty if nothing was
 * @param committed whether that names the held-out pool
 */
record Claim(
    List<Watermark> marks,
    OwnerKey key,
    HeldOutSamples samples,
    VerificationOptions options,
    Optional<Registration> registration,
    boolean committed) {

  /** All source classes. */
  Set<Integer> sources() {
    Set<Integer> sources = new HashSet<>();
    marks.forEach(mark -> sources.addAll(List.of(mark.spec().sourceA(), mark.spec().sourceB())));
    return sources;
  }

  /** Sources and targets: the classes that a verdict depends on. */
  Set<Integer> marked() {
    Set<Integer> marked = sources();
    marks.forEach(mark -> marked.add(mark.target()));
    return marked;
  }

  /** Clean samples; the same for every suspect. */
  CleanSamples cleanSamples() {
    return new CleanSamples(samples, marked(), key.random("verify/clean"));
  }
}
