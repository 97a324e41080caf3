package org.meadefender.samples.extend;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.meadefender.suspect.SuspectAdapter;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.suspect.SuspectOptions;
import org.nd4j.linalg.factory.Nd4j;

/** Opens several networks as one suspect that averages: {@code ensemble:a.zip,b.zip}. */
public final class Ensemble implements SuspectAdapter {
  private static final String PREFIX = "ensemble:";

  @Override
  public String kind() {
    return "ensembles (ensemble:FILE,FILE)";
  }

  @Override
  public boolean opens(String location) {
    return location.startsWith(PREFIX);
  }

  @Override
  public SuspectModel open(String location, SuspectOptions options) {
    List<SuspectModel> members =
        Arrays.stream(location.substring(PREFIX.length()).split(",", -1))
            .map(file -> SuspectModel.load(Path.of(file)))
            .toList();
    SuspectModel mean =
        samples -> Nd4j.averageAndPropagate(members.stream().map(m -> m.predict(samples)).toList());
    return SuspectModel.named(
        mean, String.join(",", members.stream().map(SuspectModel::identity).toList()));
  }
}
