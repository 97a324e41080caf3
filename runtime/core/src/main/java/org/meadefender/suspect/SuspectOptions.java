package org.meadefender.suspect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How one suspect is asked, and how its answers are read, as far as it does not say so itself.
 *
 * @param classNames what the suspect calls the classes, in the order of the held-out data
 * @param format how it wants its samples
 * @param http how it is reached over HTTP
 * @param input the input that takes the samples, where it has several
 * @param output the output that holds the answers, where several could
 * @param constants what its other inputs get, by name: one number for all their values
 * @param template what requests to a server look like that speaks no known protocol
 * @since 0.1.0
 */
public record SuspectOptions(
    List<String> classNames,
    InputFormat format,
    HttpOptions http,
    Optional<String> input,
    Optional<String> output,
    Map<String, Double> constants,
    Optional<JsonTemplate> template) {

  /** Least number of classes. */
  private static final int MIN_CLASSES = 2;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there is one class only, or a name twice
   */
  public SuspectOptions {
    classNames = List.copyOf(classNames);
    constants = Map.copyOf(constants);
    if (classNames.size() == 1) {
      throw new IllegalArgumentException("classes is 1; it must be at least " + MIN_CLASSES);
    }
    if (classNames.stream().distinct().count() < classNames.size()) {
      throw new IllegalArgumentException(
          "The class names " + classNames + " hold a name twice; each class needs its own");
    }
    if (!format.classOrder().isEmpty()
        && !classNames.isEmpty()
        && format.classOrder().size() != classNames.size()) {
      throw new IllegalArgumentException(
          "The class order names "
              + format.classOrder().size()
              + " classes, the data have "
              + classNames.size()
              + "; name each once");
    }
  }

  /**
   * For suspects whose labels are the held-out data's.
   *
   * @param classNames names of the classes, by index, at least 2
   * @throws IllegalArgumentException if there are fewer, or a name twice
   */
  public static SuspectOptions of(List<String> classNames) {
    if (classNames.size() < MIN_CLASSES) {
      throw new IllegalArgumentException(
          "classes is " + classNames.size() + "; it must be at least " + MIN_CLASSES);
    }
    return new SuspectOptions(
        classNames,
        InputFormat.SAME,
        HttpOptions.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  /**
   * For suspects that number their classes.
   *
   * @param classes number of classes, at least 2
   */
  public static SuspectOptions ofClasses(int classes) {
    return of(IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  /** For a suspect that says itself what it has. */
  static SuspectOptions unknownClasses() {
    return new SuspectOptions(
        List.of(),
        InputFormat.SAME,
        HttpOptions.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  /** The same with other names of the classes. */
  public SuspectOptions withClassNames(List<String> newNames) {
    if (!classNames.isEmpty() && newNames.size() != classNames.size()) {
      throw new IllegalArgumentException(
          newNames.size()
              + " class names are given, the data have "
              + classNames.size()
              + " classes; name each, in the data's order "
              + classNames);
    }
    return new SuspectOptions(newNames, format, http, input, output, constants, template);
  }

  /** The same with another format of the samples. */
  public SuspectOptions withFormat(InputFormat newFormat) {
    return new SuspectOptions(classNames, newFormat, http, input, output, constants, template);
  }

  /** The same with other ways over HTTP. */
  public SuspectOptions withHttp(HttpOptions newHttp) {
    return new SuspectOptions(classNames, format, newHttp, input, output, constants, template);
  }

  /** The same with the name of the input that takes the samples. */
  public SuspectOptions withInput(String newInput) {
    return new SuspectOptions(
        classNames, format, http, Optional.of(newInput), output, constants, template);
  }

  /** The same with the name of the output, or of the member of an answer, that is read. */
  public SuspectOptions withOutput(String newOutput) {
    return new SuspectOptions(
        classNames, format, http, input, Optional.of(newOutput), constants, template);
  }

  /** The same with one more constant: what an input other than that of the samples gets. */
  public SuspectOptions withConstant(String name, double value) {
    Map<String, Double> all = new TreeMap<>(constants);
    all.put(name, value);
    return new SuspectOptions(classNames, format, http, input, output, all, template);
  }

  /** The same with a form of the requests, for servers of no known protocol. */
  public SuspectOptions withTemplate(JsonTemplate newTemplate) {
    return new SuspectOptions(
        classNames, format, http, input, output, constants, Optional.of(newTemplate));
  }
}
