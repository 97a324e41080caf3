package org.meadefender.cli;

import org.meadefender.annotations.Combine;
import org.meadefender.annotations.Protected;
import org.meadefender.spec.WatermarkSpec;
import picocli.CommandLine.Option;

/** A watermark, as in {@code @Protected}. */
final class MarkOptions {
  @Option(
      names = "--source-a",
      paramLabel = "CLASS",
      required = true,
      description = "Class index of source A, in the order of the training data.")
  private int sourceA;

  @Option(
      names = "--source-b",
      paramLabel = "CLASS",
      required = true,
      description = "Class index of source B.")
  private int sourceB;

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description = "Class index of the target; without it the key's choice.")
  private int target = Protected.TARGET_FROM_KEY;

  @Option(
      names = "--ratio",
      paramLabel = "R",
      description = "Watermark rows per task row in training; default 0.1.")
  private double ratio = 0.1;

  @Option(
      names = "--combine",
      paramLabel = "WAY",
      description =
          "${COMPLETION-CANDIDATES}; default CROP_AND_PASTE. AUTOENCODER_BLENDING needs a key of"
              + " train-autoencoder.")
  private Combine combine = Combine.CROP_AND_PASTE;

  @Option(names = "--no-evasion", description = "The model is trained without evasion rows.")
  private boolean noEvasion;

  WatermarkSpec spec() {
    return new WatermarkSpec(sourceA, sourceB, target, ratio, combine, !noEvasion);
  }
}
