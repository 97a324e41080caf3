package org.meadefender.internal;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes a file as a whole or not at all: to a temporary file beside it, which is then moved. */
public final class WholeFile {
  private WholeFile() {}

  /** Fills a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to a new file. */
    void writeTo(Path file) throws IOException;
  }

  /**
   * Replaces a file, or creates it.
   *
   * @throws IOException if the content cannot be written; an older file is then as it was
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    // Not createTempFile: its files are private, while a deployed model is to be read.
    Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      content.writeTo(temporary);
      move(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
