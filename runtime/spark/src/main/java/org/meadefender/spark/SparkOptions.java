package org.meadefender.spark;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.meadefender.train.Method;

/**
 * How a cluster trains.
 *
 * @param method empty for what the length of the training suggests
 * @param marks where workers find the training marks; empty for the driver's process
 * @param checkpoint the driver's file
 * @param acceleration whether steps run on oneDNN
 * @param sourceExchange see {@link ProtectedSparkTraining#withSourceExchange}
 * @param markedInput place of the graph's input that carries the mark
 */
record SparkOptions(
    Optional<Method> method,
    Optional<MarkPlace> marks,
    Optional<Path> checkpoint,
    boolean acceleration,
    boolean sourceExchange,
    OptionalInt markedInput) {
  static final SparkOptions DEFAULT =
      new SparkOptions(
          Optional.empty(), Optional.empty(), Optional.empty(), true, true, OptionalInt.empty());

  SparkOptions withMethod(Method newMethod) {
    return new SparkOptions(
        Optional.of(newMethod), marks, checkpoint, acceleration, sourceExchange, markedInput);
  }

  SparkOptions withMarks(MarkPlace place) {
    return new SparkOptions(
        method, Optional.of(place), checkpoint, acceleration, sourceExchange, markedInput);
  }

  SparkOptions withCheckpoint(Path file) {
    return new SparkOptions(
        method, marks, Optional.of(file), acceleration, sourceExchange, markedInput);
  }

  SparkOptions withAcceleration(boolean newAcceleration) {
    return new SparkOptions(
        method, marks, checkpoint, newAcceleration, sourceExchange, markedInput);
  }

  SparkOptions withSourceExchange(boolean newExchange) {
    return new SparkOptions(method, marks, checkpoint, acceleration, newExchange, markedInput);
  }

  SparkOptions withMarkedInput(int place) {
    return new SparkOptions(
        method, marks, checkpoint, acceleration, sourceExchange, OptionalInt.of(place));
  }
}
