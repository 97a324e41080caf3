package org.meadefender.reference;

import java.util.List;

/**
 * A panel as a verdict names it.
 *
 * @param dataDigest SHA-256 of the samples that members were trained on; empty if none were
 * @param members its models
 */
public record PanelDescription(String dataDigest, List<PanelMember> members) {
  /** Copies the list. */
  public PanelDescription {
    members = List.copyOf(members);
  }

  /** Mean accuracy of the members that were trained; NaN without any. */
  public double accuracy() {
    return members.stream()
        .mapToDouble(PanelMember::accuracy)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }
}
