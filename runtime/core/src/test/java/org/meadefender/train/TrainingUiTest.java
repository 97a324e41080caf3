package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.stats.api.StatsType;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.Test;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;

/** Deeplearning4j's training UI reads what its listener stores; here, without a browser. */
class TrainingUiTest {
  private static final int EPOCHS = 3;
  private static final int BATCHES = 6;

  private static ProtectedModel<MultiLayerNetwork> model() {
    return ProtectedModel.create(
        List.of(WatermarkSpec.of(0, 1, 0.25)),
        OwnerKey.insecureFromSeed(1),
        SmallNetworks.dense(1, 1e-2));
  }

  @Test
  void seesEveryStepAndChangesNone() {
    ProtectedModel<MultiLayerNetwork> watched = model();
    InMemoryStatsStorage storage = new InMemoryStatsStorage();
    watched.network().setListeners(new StatsListener(storage, 1));
    watched.fit(SmallTasks.vectors(), EPOCHS);
    ProtectedModel<MultiLayerNetwork> alone = model();
    alone.fit(SmallTasks.vectors(), EPOCHS);
    assertThat(watched.network().params()).isEqualTo(alone.network().params());

    String session = storage.listSessionIDs().get(0);
    String worker = storage.listWorkerIDsForSession(session).get(0);
    List<Persistable> updates =
        storage.getAllUpdatesAfter(session, StatsListener.TYPE_ID, worker, 0);
    assertThat(updates).hasSize(EPOCHS * BATCHES);
    assertThat(updates)
        .allSatisfy(
            update -> {
              StatsReport report = (StatsReport) update;
              assertThat(report.getScore()).isFinite().isPositive();
              assertThat(report.hasHistograms(StatsType.Parameters)).isTrue();
            });
    assertThat(storage.getStaticInfo(session, StatsListener.TYPE_ID, worker)).isNotNull();
  }
}
