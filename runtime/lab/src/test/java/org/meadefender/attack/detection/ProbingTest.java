package org.meadefender.attack.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Test;
import org.meadefender.annotations.Combine;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.SmallTask;
import org.meadefender.attack.internal.PublicMixes;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** A crude mark under the prober's own key must be found; nothing like it in a clean network. */
class ProbingTest {
  private static final int A = 0;
  private static final int B = 1;
  private static final int TARGET = 9;
  private static final long PROBERS_SEED = 12;

  @Test
  void findsAMarkThatItCanMix() {
    LabelledSamples plain = SmallTask.victimsData().take(2_000);
    LabelledSamples marks = marks(plain, 300);
    Model marked = Architecture.of(SmallTask.layers()).fresh(6, new Adam(1e-3));
    Classifiers.fit(
        marked,
        LabelledSamples.join(List.of(plain, marks)),
        new LossMCXENT(),
        FitSettings.adam(6).withBatch(64),
        6,
        AttackListener.NONE);
    BruteForceProbing.Finding finding = probe(marked);
    assertThat(finding.found())
        .anyMatch(each -> each.a() == A && each.b() == B && each.third() == TARGET);
    double clean = hits(probe(SmallTask.victim()));
    assertThat(hits(finding)).isGreaterThan(clean + 0.3);
  }

  /** Largest PRMS of the marked pair towards the target. */
  private static double hits(BruteForceProbing.Finding finding) {
    return finding.probes().stream()
        .filter(each -> each.a() == A && each.b() == B && each.third() == TARGET)
        .mapToDouble(BruteForceProbing.Probe::prms)
        .max()
        .orElse(0);
  }

  private static BruteForceProbing.Finding probe(Model network) {
    return new BruteForceProbing(10, 0.5, false)
        .detect(network, SmallTask.testData(), PROBERS_SEED, AttackListener.NONE);
  }

  private static LabelledSamples marks(LabelledSamples plain, int count) {
    Random random = new Random(1);
    int[] ofA = plain.rowsOfClass(A);
    int[] ofB = plain.rowsOfClass(B);
    List<int[]> pairs =
        IntStream.range(0, count)
            .mapToObj(i -> new int[] {ofA[i % ofA.length], ofB[(i * 7) % ofB.length]})
            .toList();
    return PublicMixes.mix(
        plain,
        pairs,
        pair -> PublicMixes.guess(Combine.CROP_AND_PASTE, 10, PROBERS_SEED),
        pair -> TARGET,
        random);
  }
}
