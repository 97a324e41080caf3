package org.meadefender.accelerate;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.exception.ND4JOpProfilerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a layer back to the stock path for good when oneDNN fails in it, and says so once. */
final class Fallback {
  private static final Logger log = LoggerFactory.getLogger(Fallback.class);

  /** How ND4J says that memory is short; the stock path needs more of it. */
  private static final String NO_MEMORY = "Failed to allocate";

  private final String layer;
  private boolean failed;

  /**
   * For one layer.
   *
   * @param layer what the log calls it
   */
  Fallback(String layer) {
    this.layer = layer;
  }

  /** Whether oneDNN has failed in this layer. */
  boolean hasFailed() {
    return failed;
  }

  /** The result of oneDNN's operation, or null, upon which the layer takes the stock path. */
  <T> @Nullable T orStock(Supplier<@Nullable T> operation) {
    if (failed) {
      return null;
    }
    try {
      return operation.get();
    } catch (ND4JOpProfilerException e) {
      throw e;
    } catch (RuntimeException e) {
      if (e.getMessage() != null && e.getMessage().contains(NO_MEMORY)) {
        throw e;
      }
      failed = true;
      log.info("{} goes back to the stock path, oneDNN fails in it: {}", layer, e.toString());
      return null;
    }
  }
}
