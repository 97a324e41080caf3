package org.meadefender.suspect;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds the class that a label of the suspect's means.
 *
 * @param names what the suspect calls the classes, in the data's order; empty if unknown
 */
record ClassLabels(List<String> names) {
  /** What Hugging Face calls classes that were given no names. */
  private static final Pattern NUMBERED = Pattern.compile("(?i)(?:label_|class_)?(\\d{1,6})");

  ClassLabels {
    names = List.copyOf(names);
  }

  /** Number of classes; 0 if unknown. */
  int count() {
    return names.size();
  }

  /** Whether a label is one of the names, or a number below their count. */
  boolean knows(String label) {
    return find(label) >= 0;
  }

  /**
   * The class of a label.
   *
   * @throws IllegalArgumentException if it is none
   */
  int index(String label) {
    int index = find(label);
    if (index < 0) {
      throw new IllegalArgumentException(
          "\""
              + label
              + "\" is no class; known are "
              + names.subList(0, Math.min(20, names.size()))
              + (names.size() > 20 ? " and more" : "")
              + "; give what the suspect calls the classes, in the data's order, by --class-names"
              + " (SuspectOptions.withClassNames)");
    }
    return index;
  }

  private int find(String label) {
    int exact = names.indexOf(label);
    if (exact >= 0) {
      return exact;
    }
    String plain = label.strip().toLowerCase(Locale.ROOT);
    int[] alike =
        IntStream.range(0, names.size())
            .filter(i -> names.get(i).strip().toLowerCase(Locale.ROOT).equals(plain))
            .toArray();
    if (alike.length == 1) {
      return alike[0];
    }
    Matcher numbered = NUMBERED.matcher(plain);
    return numbered.matches() && Integer.parseInt(numbered.group(1)) < names.size()
        ? Integer.parseInt(numbered.group(1))
        : -1;
  }
}
