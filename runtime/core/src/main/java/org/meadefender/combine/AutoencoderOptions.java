package org.meadefender.combine;

/**
 * How much an autoencoder is trained.
 *
 * @param rows most samples that it is trained on, drawn from all by the key; at least 1
 * @param epochs passes over these samples, at least 1
 */
public record AutoencoderOptions(int rows, int epochs) {
  /** 5,000 samples, 12 epochs. */
  public static final AutoencoderOptions DEFAULT = new AutoencoderOptions(5_000, 12);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is outside its range
   */
  public AutoencoderOptions {
    if (rows < 1 || epochs < 1) {
      throw new IllegalArgumentException(
          "rows is " + rows + " and epochs " + epochs + "; both must be at least 1");
    }
  }

  /** The same with another number of samples. */
  public AutoencoderOptions withRows(int newRows) {
    return new AutoencoderOptions(newRows, epochs);
  }

  /** The same with another number of epochs. */
  public AutoencoderOptions withEpochs(int newEpochs) {
    return new AutoencoderOptions(rows, newEpochs);
  }
}
