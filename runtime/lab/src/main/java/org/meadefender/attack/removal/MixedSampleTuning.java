package org.meadefender.attack.removal;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.internal.PublicMixes;
import org.meadefender.combine.Combiner;
import org.meadefender.data.LabelledSamples;

/**
 * Fine-tuning on mixed samples (paper, section V-E): an attacker who knows the method but neither
 * sources, target nor combiner teaches the network that a mix of any two classes is one of the two.
 *
 * @param mixes mixed rows per plain row, above 0
 * @param autoencoder whether the attacker blends with an autoencoder too, trained for it
 * @param fit how all layers train
 */
public record MixedSampleTuning(double mixes, boolean autoencoder, FitSettings fit)
    implements RemovalAttack {
  private static final int EPOCHS = 5;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code mixes} is not above 0
   */
  public MixedSampleTuning {
    if (!(mixes > 0)) {
      throw new IllegalArgumentException("mixes is " + mixes + "; it must be above 0");
    }
  }

  /** One mixed row per plain row, no autoencoder, 5 epochs of Adam at 1e-3. */
  public static MixedSampleTuning standard() {
    return new MixedSampleTuning(1, false, FitSettings.adam(EPOCHS));
  }

  /** The same with or without an autoencoder. */
  public MixedSampleTuning withAutoencoder(boolean newAutoencoder) {
    return new MixedSampleTuning(mixes, newAutoencoder, fit);
  }

  /** The same with other training settings. */
  public MixedSampleTuning withFit(FitSettings newFit) {
    return new MixedSampleTuning(mixes, autoencoder, newFit);
  }

  @Override
  public Model remove(Model source, LabelledSamples data, long seed, AttackListener listener) {
    LabelledSamples lesson = LabelledSamples.join(List.of(data, mixed(data, seed)));
    return Heads.fitAll(source, lesson, fit, true, seed, listener);
  }

  /** Mixes of random pairs of different classes, each labelled as one of its two. */
  LabelledSamples mixed(LabelledSamples data, long seed) {
    Random random = new Random(seed);
    List<Combiner> ways = PublicMixes.all(data, autoencoder, seed);
    int count = (int) Math.max(1, Math.round(mixes * data.size()));
    List<int[]> pairs = PublicMixes.pairsOfDifferentClasses(data, count, random);
    return PublicMixes.mix(
        data,
        pairs,
        pair -> ways.get(random.nextInt(ways.size())),
        pair -> data.topClass(pair[random.nextInt(2)]),
        random);
  }
}
