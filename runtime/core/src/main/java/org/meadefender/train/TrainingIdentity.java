package org.meadefender.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.internal.network.Networks;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;

/**
 * What must be the same for an interrupted training to go on.
 *
 * @param parts values by their names, in the order in which differences are told
 */
record TrainingIdentity(Map<String, String> parts) {
  private static final String PREFIX = "identity.";

  /** Copies the map. */
  TrainingIdentity {
    parts = new LinkedHashMap<>(parts);
  }

  /** Of all but the data. */
  static TrainingIdentity of(
      Model network, OwnerKey key, List<WatermarkSpec> specs, TrainingOptions options) {
    return new TrainingIdentity(Map.of())
        .with("network", Integer.toHexString(Networks.configuration(network).hashCode()))
        .with("key", key.fingerprint())
        .with("watermarks", specs)
        .with("epochs", options.epochs())
        .with("plan", options.plan().map(TrainingPlan::toString).orElse("none"))
        .with("method", options.method().map(Method::toString).orElse("by length"))
        .with(
            "listeners",
            options.listeners().stream()
                .map(FitListener::identity)
                .filter(each -> !each.isEmpty())
                .toList());
  }

  /** The same with another part. */
  TrainingIdentity with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(parts);
    more.put(name, value.toString());
    return new TrainingIdentity(more);
  }

  /** Adds the parts to the values that a checkpoint keeps. */
  void write(Properties state) {
    parts.forEach((name, value) -> state.setProperty(PREFIX + name, value));
  }

  /** What a checkpoint says otherwise; empty if it is of this training. */
  List<String> differences(Properties state) {
    List<String> differences = new ArrayList<>();
    parts.forEach(
        (name, now) -> {
          String then = state.getProperty(PREFIX + name, "unknown");
          if (!Objects.equals(then, now)) {
            differences.add(name + " (there " + then + ", here " + now + ")");
          }
        });
    return differences;
  }
}
