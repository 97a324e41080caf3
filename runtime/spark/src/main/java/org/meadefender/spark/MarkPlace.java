package org.meadefender.spark;

import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.meadefender.combine.TrainingMarks;
import org.meadefender.train.ProtectedModel;

/**
 * Where a worker finds a model's training marks: on its own machine. Tasks, configurations and
 * broadcasts name the place, and hold nothing of the marks, but for {@link #tasks}. The owner's key
 * is on no worker.
 */
public sealed interface MarkPlace extends Serializable {

  /**
   * A file on every worker's machine, as {@code model.trainingMarks().save(file)} writes it; also a
   * secret that a cluster manager mounts. Only the user that the worker runs as, and its group, may
   * read it.
   */
  static MarkPlace file(Path file) {
    return new OfFile(file.toString());
  }

  /**
   * An environment variable of the workers, set on their machines to what {@code
   * model.trainingMarks().toText()} gives. Not by {@code spark.executorEnv.…}: Spark shows that in
   * its event log.
   */
  static MarkPlace variable(String name) {
    return new OfVariable(name);
  }

  /**
   * The tasks themselves: nothing needs to be laid out, but Spark sends the marks to its workers,
   * and may write them to their temporary directories. For clusters with {@code
   * spark.network.crypto.enabled} and {@code spark.io.encryption.enabled} only.
   */
  static MarkPlace tasks(ProtectedModel<?> model) {
    return new OfTask(model.trainingMarks().toText());
  }

  /**
   * Reads the marks.
   *
   * @throws IllegalStateException if there are none; the message names the machine and the place
   */
  TrainingMarks find();

  /** See {@link #file}. */
  record OfFile(String path) implements MarkPlace {
    @Override
    public TrainingMarks find() {
      try {
        return TrainingMarks.load(Path.of(path));
      } catch (RuntimeException e) {
        throw missing(e);
      }
    }
  }

  /** See {@link #variable}. */
  record OfVariable(String name) implements MarkPlace {
    @Override
    public TrainingMarks find() {
      try {
        return TrainingMarks.fromEnvironment(name);
      } catch (RuntimeException e) {
        throw missing(e);
      }
    }
  }

  /** See {@link #tasks}. */
  record OfTask(String text) implements MarkPlace {
    @Override
    public TrainingMarks find() {
      return TrainingMarks.parse(text, "The task");
    }

    /** Nothing of the marks. */
    @Override
    public String toString() {
      return "OfTask[hidden]";
    }
  }

  /** The driver's own process, where it has all workers in it; nothing of the marks leaves it. */
  record OfProcess(String id) implements MarkPlace {
    private static final Map<String, TrainingMarks> MARKS = new ConcurrentHashMap<>();

    static OfProcess put(TrainingMarks marks) {
      String id = UUID.randomUUID().toString();
      MARKS.put(id, marks);
      return new OfProcess(id);
    }

    void forget() {
      MARKS.remove(id);
    }

    @Override
    public TrainingMarks find() {
      return Optional.ofNullable(MARKS.get(id))
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "The worker on "
                          + host()
                          + " is another process than the driver, or works for a training that has"
                          + " ended; name a MarkPlace"));
    }
  }

  private static IllegalStateException missing(RuntimeException e) {
    return new IllegalStateException(
        "The worker on "
            + host()
            + " has no training marks: "
            + e.getMessage()
            + Optional.ofNullable(e.getCause()).map(cause -> " (" + cause + ")").orElse(""),
        e);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    }
  }
}
