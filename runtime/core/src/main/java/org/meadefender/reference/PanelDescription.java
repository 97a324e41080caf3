package org.meadefender.reference;

import java.util.List;

/**
 * A panel as a verdict names it.
 *
 * @param dataDigest SHA-256 of the samples that members were trained on; empty if none were
 * @param members its models
 * @since 0.1.0
 */
public record PanelDescription(String dataDigest, List<Member> members) {
  /** Copies the list. */
  public PanelDescription {
    members = List.copyOf(members);
  }

  /** Mean accuracy of the members that were trained; NaN without any. */
  public double accuracy() {
    return members.stream()
        .mapToDouble(Member::accuracy)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * What a checker needs to train a reference model again.
   *
   * @param architecture its kind, for instance {@code LENET}, or {@code supplied}
   * @param seed of its weights and of its part of the samples; 0 for a supplied model
   * @param samples number of samples that it was trained on; 0 for a supplied model
   * @param accuracy on samples of the panel that it was not trained on, from 0 to 1; NaN for a
   *     supplied model
   */
  public record Member(String architecture, long seed, int samples, double accuracy) {}
}
