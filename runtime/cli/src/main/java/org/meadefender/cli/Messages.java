package org.meadefender.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Exceptions in words for people who write no Java. */
final class Messages {
  /** Java's names of exceptions, where one is told in the words of another. */
  private static final Pattern CLASS_NAMES =
      Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.)+[A-Z][\\w$]*(?:Exception|Error)(?::\\s*|\\b)");

  private Messages() {}

  /** What went wrong, never empty, without names of classes. */
  static String of(Throwable e) {
    if (e instanceof UncheckedIOException unchecked) {
      return words(unchecked.getMessage()) + ": " + reason(unchecked.getCause());
    }
    if (e instanceof FileSystemException file && file.getFile() != null) {
      return file.getFile() + ": " + reason(file);
    }
    return e instanceof IOException io ? reason(io) : words(e.getMessage());
  }

  private static String reason(@Nullable IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file; check its name";
    }
    if (e instanceof AccessDeniedException) {
      return "access is denied; check its permissions";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "it exists; choose another name";
    }
    if (e instanceof NotDirectoryException) {
      return "it is no directory";
    }
    if (e instanceof ConnectException && e.getMessage() == null) {
      return "there is no connection; check address and network";
    }
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return words(file.getReason());
    }
    return e == null ? words(null) : words(e.getMessage());
  }

  /** A message, with something in its place where there is none. */
  static String words(@Nullable String message) {
    String text = message == null ? "" : CLASS_NAMES.matcher(message).replaceAll("").strip();
    return text.isEmpty() ? "it cannot be read or written" : text;
  }
}
