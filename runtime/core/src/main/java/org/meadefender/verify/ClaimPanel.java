package org.meadefender.verify;

import java.util.Optional;
import org.meadefender.internal.reference.ReferencePanel;
import org.meadefender.internal.reference.TaskSamples;
import org.meadefender.reference.PanelCache;

/**
 * The reference panel of a claim.
 *
 * @param answers its models
 * @param lacking why they do not suffice; empty if they do
 */
record ClaimPanel(PanelAnswers answers, Optional<String> lacking) {

  /** Trains networks, if that is wanted and the data suffice, and adds the reference models. */
  static ClaimPanel of(HeldOutSamples samples, VerificationOptions options) {
    Optional<PanelCache> cache = options.panel();
    TaskSamples others = samples.forPanel();
    Optional<String> obstacle =
        cache.isEmpty()
            ? Optional.of("no reference networks were wanted")
            : ReferencePanel.lacking(others);
    ReferencePanel panel =
        (obstacle.isPresent() ? ReferencePanel.none() : ReferencePanel.train(others, cache.get()))
            .with(options.referenceModels());
    Optional<String> lacking =
        panel.isSufficient()
            ? Optional.empty()
            : Optional.of(
                obstacle.orElse("most reference networks did not learn the task")
                    + ": add held-out samples, or "
                    + ReferencePanel.LEAST_MEMBERS
                    + " reference models");
    return new ClaimPanel(new PanelAnswers(panel, samples, options.batch()), lacking);
  }
}
