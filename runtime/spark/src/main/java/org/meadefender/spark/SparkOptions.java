package org.meadefender.spark;

import java.nio.file.Path;
import java.util.Optional;
import org.meadefender.train.Method;

/**
 * How a cluster trains.
 *
 * @param method empty for what the length of the training suggests
 * @param marks where workers find the training marks; empty for the driver's process
 * @param checkpoint the driver's file
 * @param acceleration whether steps run on oneDNN
 * @param sourceExchange see {@link ProtectedSparkTraining#withSourceExchange}
 */
record SparkOptions(
    Optional<Method> method,
    Optional<MarkPlace> marks,
    Optional<Path> checkpoint,
    boolean acceleration,
    boolean sourceExchange) {
  static final SparkOptions DEFAULT =
      new SparkOptions(Optional.empty(), Optional.empty(), Optional.empty(), true, true);

  SparkOptions withMethod(Method newMethod) {
    return new SparkOptions(
        Optional.of(newMethod), marks, checkpoint, acceleration, sourceExchange);
  }

  SparkOptions withMarks(MarkPlace place) {
    return new SparkOptions(method, Optional.of(place), checkpoint, acceleration, sourceExchange);
  }

  SparkOptions withCheckpoint(Path file) {
    return new SparkOptions(method, marks, Optional.of(file), acceleration, sourceExchange);
  }

  SparkOptions withAcceleration(boolean newAcceleration) {
    return new SparkOptions(method, marks, checkpoint, newAcceleration, sourceExchange);
  }

  SparkOptions withSourceExchange(boolean newExchange) {
    return new SparkOptions(method, marks, checkpoint, acceleration, newExchange);
  }
}
