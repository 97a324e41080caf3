package org.meadefender.suspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes class probabilities of whatever outputs a suspect has: scores, top classes with scores,
 * labels as numbers or as text.
 *
 * <p>Scores outside the range from 0 to 1 are logits, and go through a softmax, which keeps their
 * order.
 *
 * @param labels what the classes are called
 * @param output name of the output to use; empty if there is one only that fits
 * @param classOrder for each of the suspect's class numbers the data's class; empty if the same
 */
record AnswerReader(ClassLabels labels, Optional<String> output, List<Integer> classOrder) {

  static AnswerReader of(SuspectOptions options) {
    return new AnswerReader(
        new ClassLabels(options.classNames()), options.output(), options.format().classOrder());
  }

  /**
   * Reads the answers to a batch.
   *
   * @param outputs by name
   * @return {@code [rows, classes]}
   * @throws IllegalArgumentException if they are no answers to so many rows
   */
  float[][] read(Map<String, Output> outputs, int rows) {
    Map<String, Output> chosen = chosen(outputs);
    int classes = labels.count() > 0 ? labels.count() : guessedClasses(chosen, rows);
    return topClasses(chosen, rows, classes)
        .or(() -> scores(chosen, rows, classes))
        .or(() -> labelled(chosen, rows))
        .or(() -> one(chosen, rows, classes))
        .orElseThrow(() -> none(outputs, rows, classes));
  }

  private Map<String, Output> chosen(Map<String, Output> outputs) {
    if (output.isEmpty()) {
      return outputs;
    }
    Output named = outputs.get(output.get());
    if (named == null) {
      throw new IllegalArgumentException(
          "there is no output " + output.get() + ", only " + new TreeSet<>(outputs.keySet()));
    }
    return Map.of(output.get(), named);
  }

  private static int guessedClasses(Map<String, Output> outputs, int rows) {
    List<Output.Numbers> scores =
        numbers(outputs).stream()
            .filter(each -> !each.whole() && each.values().length % rows == 0)
            .filter(each -> each.values().length > rows)
            .toList();
    return scores.size() == 1 ? scores.get(0).values().length / rows : 0;
  }

  private static List<Output.Numbers> numbers(Map<String, Output> outputs) {
    return outputs.values().stream()
        .filter(Output.Numbers.class::isInstance)
        .map(Output.Numbers.class::cast)
        .toList();
  }

  /** Scores of the best classes, and which classes these are, in a second output. */
  private Optional<float[][]> topClasses(Map<String, Output> outputs, int rows, int classes) {
    for (Output.Numbers indices : numbers(outputs)) {
      for (Output.Numbers scores : numbers(outputs)) {
        int length = indices.values().length;
        if (indices.whole()
            && !scores.whole()
            && scores.values().length == length
            && length % rows == 0
            && areClasses(indices.values(), length / rows, classes)) {
          return Optional.of(scattered(indices.values(), scores.values(), rows, classes));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether every row names different classes. */
  private static boolean areClasses(double[] indices, int perRow, int classes) {
    for (int start = 0; start < indices.length; start += perRow) {
      double[] row = Arrays.copyOfRange(indices, start, start + perRow);
      if (Arrays.stream(row).distinct().count() < perRow
          || Arrays.stream(row).anyMatch(index -> index < 0 || index >= classes)) {
        return false;
      }
    }
    return classes > 0 && indices.length > 0;
  }

  private float[][] scattered(double[] indices, double[] scores, int rows, int classes) {
    int perRow = indices.length / rows;
    double[] likely = probabilities(scores, perRow);
    float[][] result = new float[rows][classes];
    for (int i = 0; i < indices.length; i++) {
      result[i / perRow][dataClass((int) indices[i])] = (float) likely[i];
    }
    return result;
  }

  /** A score for each class; whole numbers only where there is nothing better. */
  private Optional<float[][]> scores(Map<String, Output> outputs, int rows, int classes) {
    for (boolean whole : new boolean[] {false, true}) {
      TreeMap<String, double[]> fitting = new TreeMap<>();
      outputs.forEach(
          (name, each) -> {
            if (each instanceof Output.Numbers numbers
                && numbers.whole() == whole
                && classes > 0
                && numbers.values().length == rows * classes) {
              fitting.put(name, numbers.values());
            }
          });
      if (fitting.size() > 1) {
        throw new IllegalArgumentException(
            "the outputs "
                + fitting.keySet()
                + " all have a score for each class; name one by --output"
                + " (SuspectOptions.withOutput)");
      }
      for (double[] values : fitting.values()) {
        return Optional.of(rowsOf(probabilities(values, classes), rows, classes));
      }
    }
    return Optional.empty();
  }

  private float[][] rowsOf(double[] values, int rows, int classes) {
    float[][] result = new float[rows][classes];
    for (int i = 0; i < values.length; i++) {
      result[i / classes][dataClass(i % classes)] = (float) values[i];
    }
    return result;
  }

  private static double[] probabilities(double[] scores, int perRow) {
    if (Arrays.stream(scores).noneMatch(score -> score < 0 || score > 1)) {
      return scores;
    }
    double[] result = new double[scores.length];
    for (int start = 0; start < scores.length; start += perRow) {
      double highest = Arrays.stream(scores, start, start + perRow).max().orElseThrow();
      double sum = 0;
      for (int i = start; i < start + perRow; i++) {
        result[i] = Math.exp(scores[i] - highest);
        sum += result[i];
      }
      for (int i = start; i < start + perRow; i++) {
        result[i] /= sum;
      }
    }
    return result;
  }

  /** Text, with or without scores. */
  private Optional<float[][]> labelled(Map<String, Output> outputs, int rows) {
    for (Output each : outputs.values()) {
      if (each instanceof Output.Scores scores && scores.rows().size() == rows) {
        float[][] result = new float[rows][labels.count()];
        for (int i = 0; i < rows; i++) {
          List<String> names = new ArrayList<>(scores.rows().get(i).keySet());
          double[] values = names.stream().mapToDouble(scores.rows().get(i)::get).toArray();
          double[] likely = probabilities(values, Math.max(1, values.length));
          for (int j = 0; j < likely.length; j++) {
            result[i][labels.index(names.get(j))] = (float) likely[j];
          }
        }
        return Optional.of(result);
      }
    }
    for (Output each : outputs.values()) {
      if (each instanceof Output.Texts texts
          && !texts.values().isEmpty()
          && texts.values().size() % rows == 0) {
        int perRow = texts.values().size() / rows;
        float[][] result = new float[rows][labels.count()];
        for (int i = 0; i < rows; i++) {
          result[i][labels.index(texts.values().get(i * perRow))] = 1;
        }
        return Optional.of(result);
      }
    }
    return Optional.empty();
  }

  /** One number a row: the top class, or the probability of the second class of two. */
  private Optional<float[][]> one(Map<String, Output> outputs, int rows, int classes) {
    if (classes == 0) {
      return Optional.empty();
    }
    for (Output.Numbers numbers : numbers(outputs)) {
      double[] values = numbers.values();
      boolean labels = Arrays.stream(values).allMatch(value -> value == Math.rint(value));
      if (values.length == rows && labels) {
        float[][] result = new float[rows][classes];
        for (int i = 0; i < rows; i++) {
          result[i][dataClass(requireLabel(values[i], classes))] = 1;
        }
        return Optional.of(result);
      }
      boolean likely = Arrays.stream(values).allMatch(value -> value >= 0 && value <= 1);
      if (values.length == rows && classes == 2 && likely) {
        double[] both = new double[2 * rows];
        for (int i = 0; i < rows; i++) {
          both[2 * i] = 1 - values[i];
          both[2 * i + 1] = values[i];
        }
        return Optional.of(rowsOf(both, rows, 2));
      }
      // The best classes of each row, the best first.
      if (numbers.whole() && values.length % rows == 0 && values.length / rows < classes) {
        int perRow = values.length / rows;
        float[][] result = new float[rows][classes];
        for (int i = 0; i < rows; i++) {
          result[i][dataClass(requireLabel(values[i * perRow], classes))] = 1;
        }
        return Optional.of(result);
      }
    }
    return Optional.empty();
  }

  private static int requireLabel(double label, int classes) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          Math.round(label) + " is no label; expected from 0 to " + (classes - 1));
    }
    return (int) label;
  }

  private int dataClass(int suspectClass) {
    if (classOrder.isEmpty()) {
      return suspectClass;
    }
    if (suspectClass >= classOrder.size()) {
      throw new IllegalArgumentException(
          "it has a class " + suspectClass + ", but the class order names " + classOrder.size());
    }
    return classOrder.get(suspectClass);
  }

  private static IllegalArgumentException none(Map<String, Output> outputs, int rows, int classes) {
    String found =
        outputs.isEmpty()
            ? "nothing"
            : outputs.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(
                    each ->
                        each.getValue() + (each.getKey().isEmpty() ? "" : " as " + each.getKey()))
                .collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "it holds "
            + found
            + " for "
            + rows
            + " rows; expected a label each, or "
            + (classes > 0 ? classes + " probabilities" : "a probability for each class")
            + (classes > 0
                ? ""
                : "; give the number of classes (SuspectOptions.ofClasses) where it cannot be told"));
  }
}
