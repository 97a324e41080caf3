package org.meadefender.samples.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** What a program on a cluster shows of itself: its settings, and the JSON of its pages. */
final class SparkPages {
  private static final List<String> PARTS =
      List.of("environment", "allexecutors", "jobs", "stages?details=true", "storage/rdd");

  private SparkPages() {}

  /**
   * Searches all of it.
   *
   * @param port of the pages
   */
  static void search(SecretScan scan, int port, JavaSparkContext context) {
    scan.search("configuration", context.getConf().toDebugString());
    String applications = LoopbackCluster.page(port, "/api/v1/applications");
    scan.search("applications", applications);
    for (JsonNode application : parse(applications)) {
      String id = application.path("id").asText();
      for (String part : PARTS) {
        scan.search(
            "page " + part, LoopbackCluster.page(port, "/api/v1/applications/" + id + "/" + part));
      }
    }
  }

  private static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("No JSON: " + json, e);
    }
  }
}
