package org.meadefender.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.meadefender.audit.AuditStore;
import org.meadefender.release.Envelope;
import org.meadefender.release.RejectedException;
import org.meadefender.report.VerdictPage;
import org.meadefender.verify.Evidence;
import org.meadefender.verify.Transcript;

/** What a command does with a file or a directory, and which older ones it may replace. */
enum FileUse {
  /** Never written. */
  READ("", false),
  /** Created, and never overwritten. */
  NEW("", false) {
    @Override
    boolean replaces(Path existing) {
      return false;
    }
  },
  /** Gone on with. */
  TRANSCRIPT("a transcript", false) {
    @Override
    boolean replaces(Path existing) {
      Transcript.resume(existing);
      return true;
    }
  },
  /** Replaced as a whole. */
  EVIDENCE("evidence", false) {
    @Override
    boolean replaces(Path existing) throws IOException {
      Envelope.parse(Evidence.read(existing), Evidence.PREDICATE_TYPE);
      return true;
    }
  },
  /** Replaced as a whole. */
  PAGE("a page of a verdict", false) {
    @Override
    boolean replaces(Path existing) throws IOException {
      return head(existing).contains(VerdictPage.GENERATOR);
    }
  },
  /** Filled, and gone on with. */
  AUDIT("the directory of an audit", true) {
    @Override
    boolean replaces(Path existing) throws IOException {
      return isEmptyOrHas(existing, AuditStore.FILE);
    }
  },
  /** Filled, and gone on with. */
  QUESTIONS("a directory of recorded answers", true) {
    @Override
    boolean replaces(Path existing) throws IOException {
      return isEmptyOrHas(existing, "questions-1.npy");
    }
  },
  /** Filled, and gone on with. */
  CHECKPOINTS("a directory of checkpoints", true) {
    @Override
    boolean replaces(Path existing) throws IOException {
      return isEmptyOrHas(existing, "checkpoint.zip");
    }
  };

  private static final int HEAD = 4096;

  private final String kind;
  private final boolean directory;

  FileUse(String kind, boolean directory) {
    this.kind = kind;
    this.directory = directory;
  }

  /** What an older one must be, with its article. */
  String kind() {
    return kind;
  }

  /** Whether it is a directory. */
  boolean isDirectory() {
    return directory;
  }

  /**
   * Whether an older one may be replaced, or gone on with.
   *
   * @throws RejectedException if it may not, with the reason
   */
  boolean replaces(Path existing) throws IOException {
    throw new IllegalStateException(existing + " is not written");
  }

  private static String head(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
    }
  }

  private static boolean isEmptyOrHas(Path directory, String name) throws IOException {
    if (Files.exists(directory.resolve(name))) {
      return true;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }
}
