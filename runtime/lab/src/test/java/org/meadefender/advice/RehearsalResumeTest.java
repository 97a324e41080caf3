package org.meadefender.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.train.KilledTraining;
import org.meadefender.train.Method;
import org.meadefender.train.TrainingOptions;
import org.meadefender.train.TrainingReport;
import org.meadefender.train.TrainsWithCheckpoints;

class RehearsalResumeTest {
  @TempDir Path directory;

  @Test
  void aTrainingThatIsKilledAnywhereEndsWithTheSameBits() throws Exception {
    KilledTraining training =
        new KilledTraining(RehearsesWithCheckpoints.class, directory, List.of());
    assertThat(training.killed()).isEqualTo(training.uninterrupted());
  }

  /** As a kill, but at a known epoch: after the first rehearsal, before the next. */
  @Test
  void goesOnWithWhatARehearsalChanged() {
    RehearsalListener listener = RehearsesWithCheckpoints.listener();
    TrainingOptions whole =
        RehearsesWithCheckpoints.options(listener).withCheckpoints(directory.resolve("c"));
    var uninterrupted = TrainsWithCheckpoints.model(1);
    TrainingReport report =
        uninterrupted.fit(
            TrainsWithCheckpoints.data(),
            whole.withCheckpoints(directory.resolve("uninterrupted")));
    List<RehearsalReport> all = listener.reports();
    AtomicBoolean stop = new AtomicBoolean();
    TrainsWithCheckpoints.model(1)
        .fit(
            TrainsWithCheckpoints.data(),
            whole.withProgress(progress -> stop.set(progress.epoch() == 5)).withCancel(stop::get));
    var resumed = TrainsWithCheckpoints.model(1);
    TrainingReport rest = resumed.fit(TrainsWithCheckpoints.data(), whole);
    List<RehearsalReport> since = listener.reports();
    assertThat(rest.epochs()).hasSize(4);
    assertThat(all.get(0).epoch()).isEqualTo(3);
    assertThat(all.get(0).after()).isNotEqualTo(Method.DEFAULT);
    // The copies ask about the samples that they would have asked about.
    assertThat(since).isNotEmpty();
    assertThat(since.stream().map(RehearsalReport::findings).toList())
        .isEqualTo(all.stream().skip(1).map(RehearsalReport::findings).toList());
    assertThat(rest.method()).isEqualTo(report.method());
    assertThat(resumed.network().params()).isEqualTo(uninterrupted.network().params());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TrainsWithCheckpoints.model(1)
                    .fit(
                        TrainsWithCheckpoints.data(),
                        TrainingOptions.epochs(8).withCheckpoints(directory.resolve("c"))))
        .withMessageContaining("it differs in listeners (there [Rehearsal[stolenWsrGoal=1.0");
  }
}
