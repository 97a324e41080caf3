package org.meadefender.samples.spark;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;

/** Searches what a cluster keeps on disk after each stage: shuffle files live for seconds. */
final class SearchWhileTraining extends SparkListener {
  private final Path files;
  private final List<SecretScan> scans;

  SearchWhileTraining(Path files, List<SecretScan> scans) {
    this.files = files;
    this.scans = scans;
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted stage) {
    scans.forEach(each -> each.searchBlocks(files));
  }
}
