package org.meadefender.attack.detection;

import java.util.Map;

/** What a search for a watermark found. */
public interface DetectionFinding {
  /** Whether it points at a watermark. */
  boolean suspicious();

  /** Its figures by their names, in the order in which readers want them; may be empty. */
  Map<String, Double> figures();
}
