package org.meadefender.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.SmallTask;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.attack.extraction.Distillation;
import org.meadefender.data.LabelledSamples;
import org.meadefender.internal.NativeMemory;
import org.meadefender.suspect.SuspectModel;

/** Memory outside the heap must not grow with the number of attacks. */
class NativeMemoryTest {
  private static final int WARM_UP = 15;
  private static final int TRAININGS = 100;
  private static final long MEGABYTE = 1 << 20;

  @Test
  void staysBoundedOverAHundredTrainings() {
    for (int i = 0; i < WARM_UP; i++) {
      train(i);
    }
    long before = Pointer.physicalBytes();
    for (int i = 0; i < TRAININGS; i++) {
      train(WARM_UP + i);
    }
    long grown = (Pointer.physicalBytes() - before) / MEGABYTE;
    assertThat(grown).as("resident megabytes more than before").isLessThan(150);
  }

  private static void train(int i) {
    LabelledSamples few = SmallTask.thiefsData().take(64);
    Distillation.of(1)
        .withFit(FitSettings.adam(1).withBatch(32))
        .steal(
            BlackBox.of(SuspectModel.of(SmallTask.victim())),
            few,
            Architecture.of(SmallTask.layers()),
            i + 1L,
            AttackListener.NONE);
    NativeMemory.release();
  }
}
