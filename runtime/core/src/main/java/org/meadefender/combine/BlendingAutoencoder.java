package org.meadefender.combine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.meadefender.spec.OwnerKey;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small autoencoder that blends two samples by their codes (paper, section IV-B and appendix B).
 *
 * <p>It is trained once, on samples of the task as the network gets them, and kept with the owner's
 * key:
 *
 * <pre>{@code
 * OwnerKey key = OwnerKey.generate();
 * key = BlendingAutoencoder.train(trainingData, key).addTo(key);
 * key.save(Path.of("owner.key"));
 * }</pre>
 *
 * <p>Immutable, and may be used by several threads. Blending is plain Java, and the same on every
 * platform.
 *
 * @since 0.1.0
 */
public final class BlendingAutoencoder {
  private static final Logger log = LoggerFactory.getLogger(BlendingAutoencoder.class);

  /** Samples that the error in the log is measured on. */
  private static final int MEASURED = 256;

  private final AutoencoderScale scale;
  private final List<AutoencoderStage> encoder;
  private final List<AutoencoderStage> decoder;
  private final float[] parameters;

  BlendingAutoencoder(AutoencoderScale scale, float[] parameters) {
    this.scale = scale;
    this.encoder = List.copyOf(scale.plan().encoder());
    this.decoder = List.copyOf(scale.plan().decoder());
    this.parameters = parameters;
  }

  /** Trains with default options; see {@link #train(DataSetIterator, OwnerKey, Options)}. */
  public static BlendingAutoencoder train(DataSetIterator data, OwnerKey key) {
    return train(data, key, Options.DEFAULT);
  }

  /**
   * Trains an autoencoder. Its first weights, its samples and their order come from the key, so
   * that the same key and data give the same one on the same platform.
   *
   * @param data samples of the task in the scale that network and verification get them; features
   *     {@code [n, F]}, {@code [n, F, T]} of one length, {@code [n, C, H, W]} or {@code [n, H, W,
   *     C]}; labels are not looked at; read once, from its start
   * @param key the owner's key
   * @throws IllegalArgumentException if there are no data, if their values are not finite, or if
   *     samples differ in shape or are too large
   */
  public static BlendingAutoencoder train(DataSetIterator data, OwnerKey key, Options options) {
    RandomGenerator random = key.random("autoencoder");
    AutoencoderSamples samples = AutoencoderSamples.draw(data, options.rows(), random);
    AutoencoderPlan plan = new AutoencoderPlan(samples.shape());
    AutoencoderScale scale = AutoencoderScale.of(plan, samples.rows());
    float[][] grids =
        Arrays.stream(samples.rows())
            .map(row -> scale.toGrid(row, samples.shape()))
            .toArray(float[][]::new);
    AutoencoderTraining training = new AutoencoderTraining(plan, random);
    for (int epoch = 1; epoch <= options.epochs(); epoch++) {
      training.epoch(grids);
      BlendingAutoencoder trained = new BlendingAutoencoder(scale, training.parameters());
      double error = trained.error(grids);
      if (!Double.isFinite(error)) {
        throw new IllegalStateException(
            "The autoencoder's training diverged in epoch " + epoch + "; scale the data");
      }
      log.info(
          "Autoencoder, epoch {} of {}: reconstructions miss {} % of the variance",
          epoch, options.epochs(), String.format(Locale.ROOT, "%.1f", 100 * error));
    }
    return new BlendingAutoencoder(scale, training.parameters());
  }

  /** Mean squared error in units of the data's variance. */
  private double error(float[][] grids) {
    double error = 0;
    double variance = 0;
    for (float[] grid : grids.length > MEASURED ? Arrays.copyOf(grids, MEASURED) : grids) {
      float[] again = run(decoder, run(encoder, grid, 0), scale.plan().encoderParameters());
      for (int i = 0; i < grid.length; i++) {
        error += (double) (again[i] - grid[i]) * (again[i] - grid[i]);
        variance += (double) grid[i] * grid[i];
      }
    }
    return variance == 0 ? 0 : error / variance;
  }

  /**
   * The autoencoder of a key.
   *
   * @throws IllegalArgumentException if the key's bytes are damaged
   */
  public static Optional<BlendingAutoencoder> of(OwnerKey key) {
    return key.autoencoder().map(BlendingAutoencoder::fromBytes);
  }

  /** The same key with this autoencoder; save it. */
  public OwnerKey addTo(OwnerKey key) {
    return key.withAutoencoder(toBytes());
  }

  /**
   * Blends two samples: {@code decode(alpha · encode(a) + (1 − alpha) · encode(b))}.
   *
   * @param a values of the first sample, not changed
   * @param b values of the second sample, not changed
   * @param shape their layout: that of the training samples, the same images with their channels on
   *     the other axis, or shorter sequences
   * @param alpha share of the first sample's code, from 0 to 1
   * @return a new array, within the range of the training samples
   * @throws IllegalArgumentException if the samples have another shape
   */
  public float[] blend(float[] a, float[] b, SampleShape shape, double alpha) {
    SampleShape padded = fitting(shape);
    float[] code = run(encoder, scale.toGrid(padded(a, shape, padded), padded), 0);
    float[] other = run(encoder, scale.toGrid(padded(b, shape, padded), padded), 0);
    for (int i = 0; i < code.length; i++) {
      code[i] = (float) (alpha * code[i] + (1 - alpha) * other[i]);
    }
    return decode(code, padded, shape);
  }

  /** What it makes of one sample. */
  float[] giveBack(float[] sample, SampleShape shape) {
    SampleShape padded = fitting(shape);
    return decode(
        run(encoder, scale.toGrid(padded(sample, shape, padded), padded), 0), padded, shape);
  }

  private float[] decode(float[] code, SampleShape padded, SampleShape shape) {
    float[] decoded = scale.toSample(run(decoder, code, scale.plan().encoderParameters()), padded);
    return padded.equals(shape) ? decoded : padded.inSteps(decoded, shape.width());
  }

  /** A shorter sequence with zeros behind it, as padded data have. */
  private static float[] padded(float[] values, SampleShape shape, SampleShape padded) {
    return padded.equals(shape) ? values : shape.inSteps(values, padded.width());
  }

  /** The layout in which samples are encoded. */
  private SampleShape fitting(SampleShape shape) {
    SampleShape mine = shape();
    boolean shorter = shape.width() < mine.width() && shape.withWidth(mine.width()).equals(mine);
    if (shorter && !scale.plan().isImage()) {
      return mine;
    }
    boolean turned =
        scale.plan().isImage()
            && Math.min(shape.outer(), shape.inner()) == 1
            && shape.outer() * shape.inner() == mine.outer() * mine.inner()
            && shape.height() == mine.height()
            && shape.width() == mine.width();
    if (!shape.equals(mine) && !turned) {
      throw new IllegalArgumentException(
          "The samples have the layout "
              + shape
              + ", but the key's autoencoder was trained on "
              + mine
              + "; blend samples of that layout, or train an autoencoder on these and a new model"
              + " with it");
    }
    return shape;
  }

  private float[] run(List<AutoencoderStage> stages, float[] input, int start) {
    float[] values = input;
    int at = start;
    for (AutoencoderStage stage : stages) {
      values = stage.apply(values, parameters, at);
      at += stage.parameters();
    }
    return values;
  }

  /** Layout of the samples that it was trained on. */
  public SampleShape shape() {
    return scale.plan().shape();
  }

  /** What {@link #fromBytes} reads. */
  public byte[] toBytes() {
    return AutoencoderBytes.write(scale, parameters);
  }

  /**
   * Reads an autoencoder.
   *
   * @throws IllegalArgumentException if the bytes are not what {@link #toBytes} wrote
   */
  public static BlendingAutoencoder fromBytes(byte[] bytes) {
    return AutoencoderBytes.read(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlendingAutoencoder same && Arrays.equals(toBytes(), same.toBytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(parameters);
  }

  /** The layout only. */
  @Override
  public String toString() {
    return "BlendingAutoencoder[" + shape() + "]";
  }

  /**
   * How much an autoencoder is trained.
   *
   * @param rows most samples that it is trained on, drawn from all by the key; at least 1
   * @param epochs passes over these samples, at least 1
   */
  public record Options(int rows, int epochs) {
    /** 5,000 samples, 12 epochs. */
    public static final Options DEFAULT = new Options(5_000, 12);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public Options {
      if (rows < 1 || epochs < 1) {
        throw new IllegalArgumentException(
            "rows is " + rows + " and epochs " + epochs + "; both must be at least 1");
      }
    }

    /** The same with another number of samples. */
    public Options withRows(int newRows) {
      return new Options(newRows, epochs);
    }

    /** The same with another number of epochs. */
    public Options withEpochs(int newEpochs) {
      return new Options(rows, newEpochs);
    }
  }
}
