package org.meadefender.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meadefender.annotations.Combine;
import org.meadefender.combine.BlendingAutoencoder.Options;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class BlendingAutoencoderTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final TrainTest IMAGES = ImageSets.drawn(80, 20, 1);
  private static final SampleShape SHAPE = new SampleShape(1, 28, 28, 1);
  private static final BlendingAutoencoder TRAINED =
      BlendingAutoencoder.train(IMAGES.train().iterator(64), KEY, Options.DEFAULT.withEpochs(8));

  private static List<float[]> heldOut() {
    INDArray features = IMAGES.test().iterator(200).next().getFeatures();
    return IntStream.range(0, 200)
        .mapToObj(i -> features.slice(i).dup('c').data().asFloat())
        .toList();
  }

  private static float[] again(float[] sample) {
    return TRAINED.blend(sample, sample, SHAPE, 0.5);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  /** Noise, smooth enough to be learnt, of any shape; none of it around 0 or of size 1. */
  private static DataSetIterator synthetic(long[] shape, long seed) {
    Random random = new Random(seed);
    INDArray features = Nd4j.zeros(shape);
    for (int row = 0; row < shape[0]; row++) {
      double phase = 6 * random.nextDouble();
      INDArray sample = features.slice(row);
      for (long i = 0; i < sample.length(); i++) {
        sample.putScalar(i, 100 + 30 * Math.sin(phase + i / 7.0));
      }
    }
    return new SingletonDataSetIterator(new DataSet(features, Nd4j.ones(shape[0], 3)));
  }

  @Test
  void givesHeldOutImagesBackBetterThanTheMeanImage() {
    List<float[]> samples = heldOut();
    float[] mean = new float[SHAPE.length()];
    for (float[] sample : samples) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += sample[i] / samples.size();
      }
    }
    double error = samples.stream().mapToDouble(each -> distance(each, again(each))).sum();
    double ofMean = samples.stream().mapToDouble(each -> distance(each, mean)).sum();
    assertThat(error / ofMean).isLessThan(0.6);
  }

  /** The share of the code, not of the pixels. */
  @Test
  void blendsFromOneSampleToTheOther() {
    float[] a = heldOut().get(0);
    float[] b = heldOut().get(1);
    assertThat(TRAINED.blend(a, b, SHAPE, 1)).isEqualTo(again(a));
    assertThat(TRAINED.blend(a, b, SHAPE, 0)).isEqualTo(again(b));
    double before = -1;
    for (double share = 1; share >= 0; share -= 0.25) {
      double distance = distance(again(a), TRAINED.blend(a, b, SHAPE, share));
      assertThat(distance).isGreaterThan(before);
      before = distance;
    }
    for (float value : TRAINED.blend(a, b, SHAPE, 0.5)) {
      assertThat(value).isBetween(0f, 1f);
    }
  }

  /** Deeplearning4j's forward pass is the slow twin; the last shape leaves a margin. */
  @ParameterizedTest
  @ValueSource(strings = {"40,9", "40,4,5", "40,1,28,28", "40,3,16,16", "40,6,5,3", "40,2,13,19"})
  void plainJavaAgreesWithDeeplearning4j(String text) {
    long[] batchShape = Arrays.stream(text.split(",", -1)).mapToLong(Long::parseLong).toArray();
    SampleShape shape = SampleShape.of(batchShape);
    AutoencoderSamples samples =
        AutoencoderSamples.draw(synthetic(batchShape, 1), 40, KEY.random("test"));
    AutoencoderPlan plan = new AutoencoderPlan(shape);
    AutoencoderScale scale = AutoencoderScale.of(plan, samples.rows());
    float[][] grids =
        Arrays.stream(samples.rows()).map(row -> scale.toGrid(row, shape)).toArray(float[][]::new);
    AutoencoderTraining training = new AutoencoderTraining(plan, KEY.random("test"));
    IntStream.range(0, 40).forEach(epoch -> training.epoch(grids));
    float[] expected = training.output(grids);
    BlendingAutoencoder mine = new BlendingAutoencoder(scale, training.parameters());
    int length = grids[0].length;
    double error = 0;
    double variance = 0;
    for (int i = 0; i < grids.length; i++) {
      float[] sample = samples.rows()[i];
      float[] theirs =
          scale.toSample(Arrays.copyOfRange(expected, i * length, (i + 1) * length), shape);
      float[] ours = mine.blend(sample, sample, shape, 1);
      assertThat(ours).containsExactly(theirs, within(2e-3f));
      for (int j = 0; j < sample.length; j++) {
        error += (ours[j] - sample[j]) * (ours[j] - sample[j]);
        variance += (100 - sample[j]) * (100 - sample[j]);
      }
    }
    assertThat(error / variance).as("learnt").isLessThan(0.3);
  }

  @Test
  void equalKeysTrainEqualOnes() {
    Options options = new Options(100, 2);
    byte[] first = BlendingAutoencoder.train(IMAGES.train().iterator(64), KEY, options).toBytes();
    byte[] second = BlendingAutoencoder.train(IMAGES.train().iterator(50), KEY, options).toBytes();
    OwnerKey other = OwnerKey.insecureFromSeed(2);
    assertThat(second).isEqualTo(first);
    assertThat(BlendingAutoencoder.train(IMAGES.train().iterator(64), other, options).toBytes())
        .isNotEqualTo(first);
  }

  /** Dropout of the user's networks draws from it. */
  @Test
  void leavesTheGlobalGeneratorAlone() {
    Nd4j.getRandom().setSeed(5);
    INDArray expected = Nd4j.rand(3);
    Nd4j.getRandom().setSeed(5);
    BlendingAutoencoder.train(synthetic(new long[] {40, 3, 16, 16}, 1), KEY, new Options(40, 1));
    assertThat(Nd4j.rand(3)).isEqualTo(expected);
  }

  /** From a saved key, as at a verification years later. */
  @Test
  void aSavedKeyBlendsTheSameRows(@TempDir Path directory) {
    OwnerKey key = TRAINED.addTo(KEY);
    key.save(directory.resolve("owner.key"));
    WatermarkSpec spec = WatermarkSpec.of(0, 1, 0.1).withCombine(Combine.AUTOENCODER_BLENDING);
    Combiner before = Watermark.derive(spec, key, 10).secret();
    OwnerKey loaded = OwnerKey.load(directory.resolve("owner.key"));
    Combiner after = Watermark.derive(spec, loaded, 10).secret();
    List<float[]> samples = heldOut();
    for (int i = 0; i < 20; i++) {
      float[] a = samples.get(i);
      float[] b = samples.get(i + 1);
      float[] row = after.combine(a, b, SHAPE, new Random(1));
      assertThat(row).isEqualTo(before.combine(a, b, SHAPE, new Random(2)));
      assertThat(row).isEqualTo(TRAINED.blend(a, b, SHAPE, before.shareOfA()));
    }
  }

  @Test
  void severalThreadsMayBlend() {
    List<float[]> samples = heldOut();
    List<float[]> one = samples.stream().map(BlendingAutoencoderTest::again).toList();
    List<float[]> many = samples.parallelStream().map(BlendingAutoencoderTest::again).toList();
    for (int i = 0; i < one.size(); i++) {
      assertThat(many.get(i)).isEqualTo(one.get(i));
    }
  }

  @Test
  void bytesAreReadBackOrRefused() {
    byte[] bytes = TRAINED.toBytes();
    assertThat(BlendingAutoencoder.fromBytes(bytes)).isEqualTo(TRAINED).hasSameHashCodeAs(TRAINED);
    assertThat(bytes.length).isLessThan(500_000);
    List<byte[]> damaged = new ArrayList<>();
    for (int length : new int[] {0, 3, 20, bytes.length - 1, bytes.length + 1}) {
      damaged.add(Arrays.copyOf(bytes, length));
    }
    for (int at = 0; at < bytes.length; at += at < 40 ? 1 : 9_973) {
      byte[] changed = bytes.clone();
      changed[at] ^= (byte) (1 << at % 7);
      damaged.add(changed);
    }
    for (byte[] each : damaged) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> BlendingAutoencoder.fromBytes(each))
          .withMessageContaining("utoencoder");
    }
    byte[] newer = bytes.clone();
    newer[7] = 2;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BlendingAutoencoder.fromBytes(newer))
        .withMessageContaining("format version 2; this library reads version 1, use a newer one");
  }

  @Test
  void refusesSamplesOfAnotherShape() {
    SampleShape other = new SampleShape(1, 32, 32, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TRAINED.blend(new float[1024], new float[1024], other, 0.5))
        .withMessageContaining("have the layout " + other)
        .withMessageContaining("was trained on " + SHAPE);
  }

  /** A network in NHWC, and one in NCHW, of the same images. */
  @Test
  void channelsMayBeOnEitherAxis() {
    BlendingAutoencoder colour =
        BlendingAutoencoder.train(
            synthetic(new long[] {40, 3, 16, 20}, 1), KEY, new Options(40, 2));
    INDArray two = synthetic(new long[] {2, 3, 16, 20}, 2).next().getFeatures();
    INDArray turned = two.permute(0, 2, 3, 1).dup('c');
    float[] blend =
        colour.blend(values(two, 0), values(two, 1), new SampleShape(3, 16, 20, 1), 0.5);
    float[] blendTurned =
        colour.blend(values(turned, 0), values(turned, 1), new SampleShape(1, 16, 20, 3), 0.5);
    assertThat(blendTurned)
        .isEqualTo(
            Nd4j.createFromArray(blend)
                .reshape(3, 16, 20)
                .permute(1, 2, 0)
                .dup('c')
                .data()
                .asFloat());
  }

  private static float[] values(INDArray batch, int row) {
    return batch.slice(row).dup('c').data().asFloat();
  }

  @Test
  void aFeatureThatNeverChangesStaysAsItIs() {
    INDArray features = synthetic(new long[] {40, 6}, 1).next().getFeatures();
    features.getColumn(2).assign(7);
    DataSetIterator data = new SingletonDataSetIterator(new DataSet(features, Nd4j.ones(40, 3)));
    BlendingAutoencoder trained = BlendingAutoencoder.train(data, KEY, new Options(40, 2));
    float[] blend = trained.blend(values(features, 0), values(features, 1), trained.shape(), 0.5);
    assertThat(blend[2]).isCloseTo(7, within(1e-6f));
  }

  @Test
  void refusesDataThatCannotBeLearnt() {
    DataSetIterator twoShapes =
        new ExistingDataSetIterator(
            List.of(
                synthetic(new long[] {4, 5}, 1).next(), synthetic(new long[] {4, 6}, 1).next()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BlendingAutoencoder.train(twoShapes, KEY))
        .withMessageContaining("needs samples of one shape");
    DataSet broken = synthetic(new long[] {4, 5}, 1).next();
    broken.getFeatures().putScalar(1, 1, Float.NaN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BlendingAutoencoder.train(new SingletonDataSetIterator(broken), KEY))
        .withMessageContaining("NaN or infinite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BlendingAutoencoder.train(new ExistingDataSetIterator(List.of()), KEY))
        .withMessageContaining("data are empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AutoencoderPlan(new SampleShape(1, 1, 100_000, 1)))
        .withMessageContaining("vectors and sequences may have 20000 values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Options(0, 1))
        .withMessageContaining("rows is 0 and epochs 1; both must be at least 1");
  }
}
