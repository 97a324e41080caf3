package org.meadefender.processor;

import java.util.List;

/** A valid value, or what is wrong. */
sealed interface Result<T> {
  /** Passed all checks. */
  record Valid<T>(T value) implements Result<T> {}

  /** Failed; at least one finding. */
  record Invalid<T>(List<Finding> findings) implements Result<T> {}

  static <T> Result<T> valid(T value) {
    return new Valid<>(value);
  }

  static <T> Result<T> invalid(Finding finding) {
    return new Invalid<>(List.of(finding));
  }
}
