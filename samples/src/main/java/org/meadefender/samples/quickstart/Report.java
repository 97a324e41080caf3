package org.meadefender.samples.quickstart;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The run's results.
 *
 * @param models outcomes of {@code plain}, {@code protected} and {@code stolen}
 * @param samplesPerSecond training speeds
 * @param watermarks the public parts of the marks
 * @param conditions data, seeds and versions
 * @param seconds wall-clock time of the whole run
 */
record Report(
    Map<String, TestedModel> models,
    Throughput samplesPerSecond,
    List<WatermarkSpec> watermarks,
    Map<String, Object> conditions,
    long seconds) {

  static Report of(
      Settings settings,
      boolean freshQueries,
      List<WatermarkSpec> watermarks,
      OwnerKey key,
      Map<String, TestedModel> models,
      Throughput speed,
      int threads,
      Duration time) {
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put("data", settings.dataName());
    conditions.put("seed", settings.seed());
    conditions.put("epochs", settings.epochs());
    conditions.put("limit", settings.limit());
    conditions.put("thiefsImages", freshQueries ? "never used by the owner" : "the owner's own");
    conditions.put("keyFingerprint", key.fingerprint());
    conditions.put("java", Runtime.version().toString());
    conditions.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    conditions.put("processors", Runtime.getRuntime().availableProcessors());
    conditions.put("threads", threads);
    conditions.put("nd4jBackend", Nd4j.getBackend().getClass().getSimpleName());
    conditions.put("deeplearning4j", "1.0.0-M2.1");
    return new Report(models, speed, watermarks, conditions, time.toSeconds());
  }

  /** Writes {@code report.json}, as a whole or not at all. */
  void write(Path file) throws IOException {
    ObjectMapper mapper =
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addMixIn(WatermarkSpec.class, BuiltInCombiner.class)
            .build();
    ObjectNode root = mapper.createObjectNode();
    models.forEach((name, outcome) -> root.set(name, mapper.valueToTree(outcome)));
    ObjectNode speed = root.putObject("samplesPerSecond");
    speed.put("stock", samplesPerSecond.stock());
    speed.put("accelerated", samplesPerSecond.accelerated());
    speed.put("protected", samplesPerSecond.protectedAccelerated());
    root.set("spec", mapper.valueToTree(watermarks));
    root.set("conditions", mapper.valueToTree(conditions));
    root.put("seconds", seconds);
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(temporary, mapper.writeValueAsBytes(root));
    Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The quickstart's marks have no combiner of the user's own. */
  @JsonIgnoreProperties("ownCombiner")
  private interface BuiltInCombiner {}
}
