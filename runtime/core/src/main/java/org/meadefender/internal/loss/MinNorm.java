package org.meadefender.internal.loss;

/**
 * The point of smallest norm in the convex hull of some gradients (MGDA; Désidéri 2012; paper, eq.
 * 9): weights α on the simplex that minimise {@code ‖Σ αᵢ·gᵢ‖² = αᵀ·M·α}, M being the Gram matrix.
 *
 * <p>Exact, by trying every face of the simplex: for a handful of gradients.
 */
final class MinNorm {
  /** A pivot below this, beside entries of 1, counts as 0: the face has no unique minimum. */
  private static final double SINGULAR = 1e-12;

  private MinNorm() {}

  /**
   * Finds the weights.
   *
   * @param gram {@code gᵢ·gⱼ}, {@code [k][k]}, symmetric, finite; k small, as 2^k faces are tried
   * @return k weights, none negative, their sum 1
   */
  static double[] weights(double[][] gram) {
    int k = gram.length;
    double[] best = new double[k];
    double bestNorm = Double.POSITIVE_INFINITY;
    for (int face = 1; face < 1 << k; face++) {
      double[] weights = minimumOnFace(gram, face);
      double norm = norm(gram, weights);
      if (weights.length > 0 && norm < bestNorm) {
        bestNorm = norm;
        best = weights;
      }
    }
    return best;
  }

  /**
   * Lagrange: on the face's affine hull the minimum has {@code M·α + μ = 0} and {@code Σ α = 1}. A
   * face whose minimum is not inside it, or not unique, has its minimum on a smaller face too.
   *
   * @return empty if so
   */
  private static double[] minimumOnFace(double[][] gram, int face) {
    int n = Integer.bitCount(face);
    int[] members = new int[n];
    for (int i = 0, next = 0; i < gram.length; i++) {
      if ((face & 1 << i) != 0) {
        members[next++] = i;
      }
    }
    double largest = Double.MIN_NORMAL;
    for (int i : members) {
      largest = Math.max(largest, gram[i][i]);
    }
    double[][] system = new double[n + 1][n + 2];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        system[i][j] = gram[members[i]][members[j]] / largest;
      }
      system[i][n] = 1;
      system[n][i] = 1;
    }
    system[n][n + 1] = 1;
    double[] solution = solve(system);
    double[] weights = new double[gram.length];
    for (int i = 0; i < n; i++) {
      if (solution.length == 0 || solution[i] < 0) {
        return new double[0];
      }
      weights[members[i]] = solution[i];
    }
    return weights;
  }

  /** Gauss with pivots; empty if the system is singular. */
  private static double[] solve(double[][] system) {
    int n = system.length;
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        pivot = Math.abs(system[row][column]) > Math.abs(system[pivot][column]) ? row : pivot;
      }
      double[] swap = system[column];
      system[column] = system[pivot];
      system[pivot] = swap;
      if (!(Math.abs(system[column][column]) > SINGULAR)) {
        return new double[0];
      }
      for (int row = 0; row < n; row++) {
        double factor = row == column ? 0 : system[row][column] / system[column][column];
        for (int j = column; j <= n; j++) {
          system[row][j] -= factor * system[column][j];
        }
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      solution[i] = system[i][n] / system[i][i];
    }
    return solution;
  }

  static double norm(double[][] gram, double[] weights) {
    return weights.length == 0 ? Double.POSITIVE_INFINITY : dot(weights, times(gram, weights));
  }

  private static double[] times(double[][] gram, double[] weights) {
    double[] product = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      product[i] = dot(gram[i], weights);
    }
    return product;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
