package org.meadefender.suspect;

import java.util.List;
import java.util.Map;

/** One of the outputs with which a suspect answers a batch. */
sealed interface Output {

  /**
   * Numbers, as many for each row.
   *
   * @param values row by row
   * @param whole whether they are whole numbers by their type
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Numbers(double[] values, boolean whole) implements Output {
    @Override
    public String toString() {
      return values.length + (whole ? " whole numbers" : " numbers");
    }
  }

  /**
   * Labels, as many for each row, the likeliest first.
   *
   * @param values row by row
   */
  record Texts(List<String> values) implements Output {
    public Texts {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return values.size() + " labels";
    }
  }

  /**
   * Labels with a score each, some or all classes.
   *
   * @param rows for each row
   */
  record Scores(List<Map<String, Double>> rows) implements Output {
    public Scores {
      rows = List.copyOf(rows);
    }

    @Override
    public String toString() {
      return rows.size() + " rows of labels with scores";
    }
  }
}
