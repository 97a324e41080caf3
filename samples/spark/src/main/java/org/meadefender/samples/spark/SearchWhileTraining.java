package org.meadefender.samples.spark;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;

/** Searches a cluster's files every so many jobs. */
final class SearchWhileTraining extends SparkListener {
  private static final int EVERY = 10;

  private final Path files;
  private final List<SecretScan> scans;
  private int jobs;

  SearchWhileTraining(Path files, List<SecretScan> scans) {
    this.files = files;
    this.scans = scans;
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    jobs++;
    if (jobs % EVERY == 0) {
      scans.forEach(each -> each.search(files));
    }
  }
}
