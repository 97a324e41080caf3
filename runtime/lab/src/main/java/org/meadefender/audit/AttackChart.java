package org.meadefender.audit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Numbers that an attack found, with what the audit's page needs to draw them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AttackChart.Points.class, name = "points"),
  @JsonSubTypes.Type(value = AttackChart.Bars.class, name = "bars"),
  @JsonSubTypes.Type(value = AttackChart.Shares.class, name = "shares")
})
public sealed interface AttackChart {
  /** Its title. */
  String title();

  /** How to read it, one sentence. */
  String explanation();

  /** Name of the horizontal axis. */
  String xAxis();

  /** Name of the vertical axis. */
  String yAxis();

  /**
   * Points on a plane, in groups; the protected and the unmarked model have one picture each.
   *
   * @param groups the groups; empty ones are not drawn
   */
  record Points(
      String title, String explanation, String xAxis, String yAxis, List<PointGroup> groups)
      implements AttackChart {
    /** Copies the list. */
    public Points {
      groups = List.copyOf(groups);
    }
  }

  /**
   * A bar for each class, from class 0; protected and unmarked model share a picture.
   *
   * @param heights height of each bar
   */
  record Bars(String title, String explanation, String xAxis, String yAxis, List<Double> heights)
      implements AttackChart {
    /** Copies the list. */
    public Bars {
      heights = List.copyOf(heights);
    }
  }

  /**
   * A histogram of shares; protected and unmarked model share a picture.
   *
   * @param shares values from 0 to 1
   */
  record Shares(String title, String explanation, String xAxis, String yAxis, List<Double> shares)
      implements AttackChart {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public Shares {
      shares = List.copyOf(shares);
      for (double share : shares) {
        if (!(share >= 0 && share <= 1)) {
          throw new IllegalArgumentException("A share is " + share + "; it must be from 0 to 1");
        }
      }
    }
  }

  /**
   * Points of one kind.
   *
   * @param name of the kind
   * @param x where they are, horizontally
   * @param y where they are, vertically; as many as {@code x}
   */
  record PointGroup(String name, List<Double> x, List<Double> y) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if they differ in length
     */
    public PointGroup {
      x = List.copyOf(x);
      y = List.copyOf(y);
      if (x.size() != y.size()) {
        throw new IllegalArgumentException(
            "x has " + x.size() + " values and y " + y.size() + "; they must have as many");
      }
    }
  }
}
