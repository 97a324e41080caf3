package org.meadefender.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Exceptions in words for people who write no Java. */
final class Messages {
  private Messages() {}

  static String of(Exception e) {
    if (e instanceof UncheckedIOException unchecked) {
      return unchecked.getMessage() + ": " + reason(unchecked.getCause());
    }
    return String.valueOf(e.getMessage());
  }

  private static String reason(@Nullable IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file; check its name";
    }
    if (e instanceof AccessDeniedException) {
      return "access is denied; check its permissions";
    }
    return e == null ? "it cannot be read or written" : String.valueOf(e.getMessage());
  }
}
