package org.meadefender.combine;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.meadefender.internal.SecretFile;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;

/**
 * What a machine needs to teach a model its marks, and no more: specs with their targets, the
 * secret combiners, and a secret for the choice of rows.
 *
 * <p>For machines that train but are not the owner's, as the workers of a cluster. Whoever has it
 * knows this model's marks; he has not the owner's key, cannot derive another mark from it, and
 * cannot sign or prove anything with it.
 *
 * <pre>{@code
 * model.trainingMarks().save(Path.of("model.marks")); // on the owner's machine
 * TrainingMarks marks = TrainingMarks.load(Path.of("model.marks")); // where steps are trained
 * }</pre>
 *
 * @since 0.1.0
 */
public final class TrainingMarks {
  /** What files and variables hold, for messages. */
  private static final String WHAT = "owner's training marks";

  private static final int MOST_BYTES = 128 << 20;

  private static final String VERSION = "1";

  private final List<TrainingMark> marks;
  private final String digest;

  private TrainingMarks(List<TrainingMark> marks) {
    this.marks = List.copyOf(marks);
    // Of a 256-bit secret, so that nobody finds the target by trying all of them.
    this.digest = marks.get(0).rows().derive("digest/" + toProperties()).toHex().substring(0, 16);
  }

  /**
   * Takes them from the owner's key, always the same.
   *
   * @param specs at least one
   * @param classes number of classes of the model, at least 3
   * @throws IllegalArgumentException as {@link Watermark#deriveAll}
   */
  public static TrainingMarks of(List<WatermarkSpec> specs, OwnerKey key, int classes) {
    return new TrainingMarks(
        Watermark.deriveAll(specs, key, classes).stream()
            .map(each -> TrainingMark.of(each, key))
            .toList());
  }

  /**
   * The marks for one place of a training, as a step and a partition: places have rows of their
   * own, and the same place always the same.
   */
  public List<Watermark> at(String place) {
    return marks.stream().map(mark -> mark.at(place)).toList();
  }

  /** Tells the marks of models apart; safe to show. */
  public String digest() {
    return digest;
  }

  /**
   * Writes them to a new file that only its owner may read.
   *
   * @throws UncheckedIOException if the file exists or cannot be written
   */
  public void save(Path file) {
    SecretFile.write(file, toText().getBytes(StandardCharsets.UTF_8), WHAT);
  }

  /**
   * Reads what {@link #save} wrote. The file's group may read it, too: so Kubernetes mounts
   * secrets.
   *
   * @throws IllegalArgumentException if the file holds no such, or if all users may read it
   * @throws UncheckedIOException if it cannot be read
   */
  public static TrainingMarks load(Path file) {
    byte[] text = SecretFile.readShared(file, MOST_BYTES, WHAT);
    return parse(new String(text, StandardCharsets.UTF_8), "The file " + file);
  }

  /**
   * Reads what {@link #toText} gave from an environment variable.
   *
   * @throws IllegalArgumentException if the variable is not set, or holds no such
   */
  public static TrainingMarks fromEnvironment(String variable) {
    String value = System.getenv(variable);
    if (value == null) {
      throw new IllegalArgumentException(
          "The environment variable "
              + variable
              + " is not set; it must hold the "
              + WHAT
              + ", as TrainingMarks.toText gives them");
    }
    return parse(value, "The environment variable " + variable);
  }

  /** One line of text: a secret. */
  public String toText() {
    return Base64.getEncoder().encodeToString(toProperties().getBytes(StandardCharsets.UTF_8));
  }

  private String toProperties() {
    Properties properties = new Properties();
    properties.setProperty("version", VERSION);
    properties.setProperty("marks", Integer.toString(marks.size()));
    IntStream.range(0, marks.size()).forEach(i -> marks.get(i).write(properties, i + "."));
    StringWriter text = new StringWriter();
    properties.stringPropertyNames().stream()
        .sorted()
        .forEach(name -> text.append(name + "=" + properties.getProperty(name) + "\n"));
    return text.toString();
  }

  /**
   * Reads what {@link #toText} gave.
   *
   * @param where it was found, for messages
   * @throws IllegalArgumentException if it is something else; the message does not show it
   */
  public static TrainingMarks parse(String text, String where) {
    try {
      Properties properties = new Properties();
      byte[] decoded = Base64.getDecoder().decode(text.strip());
      properties.load(new StringReader(new String(decoded, StandardCharsets.UTF_8)));
      if (!VERSION.equals(properties.getProperty("version"))) {
        throw new IllegalArgumentException("no version");
      }
      int count = Integer.parseInt(properties.getProperty("marks", "0"));
      return new TrainingMarks(
          IntStream.range(0, count).mapToObj(i -> TrainingMark.read(properties, i + ".")).toList());
    } catch (IllegalArgumentException | IndexOutOfBoundsException | IOException e) {
      // Without the cause, which may show a part of them.
      throw new IllegalArgumentException(
          where + " does not hold the " + WHAT + "; write them with TrainingMarks.save or toText");
    }
  }

  /** The digest only. */
  @Override
  public String toString() {
    return "TrainingMarks[" + digest + "]";
  }
}
