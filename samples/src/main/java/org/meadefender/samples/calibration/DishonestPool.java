package org.meadefender.samples.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.meadefender.combine.SampleShape;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Held-out data as a false claimant would hand them in. */
final class DishonestPool {
  private static final int PARTNERS = 12;
  private static final int BATCH = 512;

  private final ImageSet images;
  private final Watermark mark;
  private final SampleShape shape;
  private final List<float[]> samples = new ArrayList<>();

  DishonestPool(ImageSet images, Watermark mark) {
    this.images = images;
    this.mark = mark;
    this.shape =
        new SampleShape(
            images.shape().channels(), images.shape().height(), images.shape().width(), 1);
    int length = shape.length();
    float[] values = images.features(0, images.size()).dup('c').data().asFloat();
    for (int i = 0; i < images.size(); i++) {
      samples.add(Arrays.copyOfRange(values, i * length, (i + 1) * length));
    }
  }

  /**
   * Genuine samples, of both sources only those that the suspect answers with the target most.
   *
   * @param most samples kept of each source
   */
  DataSetIterator selected(SuspectModel suspect, int most) {
    List<Integer> ofA = ofClass(mark.spec().sourceA());
    List<Integer> ofB = ofClass(mark.spec().sourceB());
    List<Integer> bestA = best(suspect, ofA, ofB, /* first= */ true, most);
    List<Integer> bestB = best(suspect, ofB, bestA, /* first= */ false, most);
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      int label = images.label(i);
      boolean source = label == mark.spec().sourceA() || label == mark.spec().sourceB();
      if (!source || bestA.contains(i) || bestB.contains(i)) {
        kept.add(i);
      }
    }
    return iterator(kept, samples);
  }

  private List<Integer> best(
      SuspectModel suspect, List<Integer> own, List<Integer> partners, boolean first, int most) {
    SplittableRandom random = new SplittableRandom(1);
    List<float[]> rows = new ArrayList<>();
    for (int sample : own) {
      for (int i = 0; i < PARTNERS; i++) {
        float[] one = samples.get(sample);
        float[] other = samples.get(partners.get(random.nextInt(partners.size())));
        rows.add(
            first
                ? mark.secret().combine(one, other, shape, random)
                : mark.secret().combine(other, one, shape, random));
      }
    }
    int[] hits = new int[own.size()];
    for (int from = 0; from < rows.size(); from += BATCH) {
      List<float[]> batch = rows.subList(from, Math.min(from + BATCH, rows.size()));
      int[] tops =
          suspect
              .predict(
                  Nd4j.createFromArray(batch.toArray(new float[0][]))
                      .reshape(batch.size(), shape.outer(), shape.height(), shape.width()))
              .argMax(1)
              .toIntVector();
      for (int i = 0; i < tops.length; i++) {
        hits[(from + i) / PARTNERS] += tops[i] == mark.target() ? 1 : 0;
      }
    }
    return IntStream.range(0, own.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> -hits[i]))
        .limit(most)
        .map(own::get)
        .toList();
  }

  /** Samples of both sources whose part that the key uses is cut from samples of the target. */
  DataSetIterator doctored() {
    float[] sharesOfA = mark.secret().sharesOfA(shape, new SplittableRandom(1));
    List<Integer> targets = ofClass(mark.target());
    SplittableRandom random = new SplittableRandom(2);
    List<float[]> changed = new ArrayList<>(samples);
    for (int i = 0; i < samples.size(); i++) {
      boolean ofA = images.label(i) == mark.spec().sourceA();
      if (ofA || images.label(i) == mark.spec().sourceB()) {
        float[] sample = samples.get(i).clone();
        float[] target = samples.get(targets.get(random.nextInt(targets.size())));
        for (int j = 0; j < sample.length; j++) {
          boolean used = ofA ? sharesOfA[j] > 0.5f : sharesOfA[j] < 0.5f;
          sample[j] = used ? target[j] : sample[j];
        }
        changed.set(i, sample);
      }
    }
    return iterator(IntStream.range(0, samples.size()).boxed().toList(), changed);
  }

  private List<Integer> ofClass(int label) {
    return IntStream.range(0, samples.size())
        .filter(i -> images.label(i) == label)
        .boxed()
        .toList();
  }

  private DataSetIterator iterator(List<Integer> places, List<float[]> from) {
    float[][] rows = places.stream().map(from::get).toArray(float[][]::new);
    float[][] labels = new float[rows.length][images.classes()];
    for (int i = 0; i < rows.length; i++) {
      labels[i][images.label(places.get(i))] = 1;
    }
    return new SingletonDataSetIterator(
        new DataSet(
            Nd4j.createFromArray(rows)
                .reshape(rows.length, shape.outer(), shape.height(), shape.width()),
            Nd4j.createFromArray(labels)));
  }
}
