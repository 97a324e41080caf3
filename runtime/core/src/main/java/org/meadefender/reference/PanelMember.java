package org.meadefender.reference;

/**
 * What a checker needs to train a reference model again.
 *
 * @param architecture its kind, for instance {@code LENET}, or {@code supplied}
 * @param seed of its weights and of its part of the samples; 0 for a supplied model
 * @param samples number of samples that it was trained on; 0 for a supplied model
 * @param accuracy on samples of the panel that it was not trained on, from 0 to 1; NaN for a
 *     supplied model
 */
public record PanelMember(String architecture, long seed, int samples, double accuracy) {
  static final PanelMember SUPPLIED = new PanelMember("supplied", 0, 0, Double.NaN);
}
