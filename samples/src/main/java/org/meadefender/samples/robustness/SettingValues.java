package org.meadefender.samples.robustness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code name=value} settings, each of which is to be read once. */
final class SettingValues {
  private final Map<String, String> left = new HashMap<>();

  SettingValues(List<String> settings) {
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(setting + " is no setting; write name=value");
      }
      left.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
  }

  String text(String name, String otherwise) {
    String given = left.remove(name);
    return given == null ? otherwise : given;
  }

  double number(String name, double otherwise) {
    String given = left.remove(name);
    return given == null ? otherwise : Double.parseDouble(given);
  }

  void requireNoneLeft() {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(left.keySet() + " is no setting of an experiment");
    }
  }
}
