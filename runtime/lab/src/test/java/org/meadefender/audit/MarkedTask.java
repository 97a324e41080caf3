package org.meadefender.audit;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.SmallTask;
import org.meadefender.attack.internal.PublicMixes;
import org.meadefender.combine.Watermark;
import org.meadefender.data.LabelledSamples;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** A network with a crude watermark, planted without the training code, once for all tests. */
final class MarkedTask {
  static final OwnerKey KEY = OwnerKey.insecureFromSeed(5);
  static final WatermarkSpec SPEC = WatermarkSpec.of(0, 1, 0.2).withTarget(2);

  /** Attacks too small for figures that mean anything. */
  static final AttackScale SMALL = new AttackScale(600, 2, 300, 1, 200, 5);

  private static final Model MARKED = plant();

  private MarkedTask() {}

  /** The network; must not be changed. */
  static Model marked() {
    return MARKED;
  }

  /** An audit of it, with few samples. */
  static RobustnessAudit audit() {
    return RobustnessAudit.of(
        SPEC,
        KEY,
        MARKED,
        SmallTask.thiefsData().take(1_000).shuffledBatches(100, 1),
        SmallTask.testData().take(500).shuffledBatches(100, 1));
  }

  private static Model plant() {
    LabelledSamples plain = SmallTask.victimsData().take(2_000);
    Watermark mark = Watermark.derive(SPEC, KEY, 10);
    int[] ofA = plain.rowsOfClass(0);
    int[] ofB = plain.rowsOfClass(1);
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      pairs.add(new int[] {ofA[i % ofA.length], ofB[(i * 7) % ofB.length]});
    }
    LabelledSamples rows =
        PublicMixes.mix(plain, pairs, pair -> mark.secret(), pair -> 2, mark.random("plant"));
    Model marked = Architecture.of(SmallTask.layers()).fresh(6, new Adam(1e-3));
    Classifiers.fit(
        marked,
        LabelledSamples.join(List.of(plain, rows)),
        new LossMCXENT(),
        FitSettings.adam(6).withBatch(64),
        6,
        AttackListener.NONE);
    return marked;
  }
}
