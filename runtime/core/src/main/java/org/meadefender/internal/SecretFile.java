package org.meadefender.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A file with a secret, which only its owner may read and which is never overwritten. */
public final class SecretFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_AND_GROUP =
      PosixFilePermissions.fromString("rw-r-----");

  private SecretFile() {}

  /**
   * Reads a file, up to one byte more than it may have.
   *
   * @param what it holds, for messages
   * @throws IllegalArgumentException if others than its owner may read it, or if it is longer
   * @throws UncheckedIOException if it cannot be read
   */
  public static byte[] read(Path file, int most, String what) {
    return read(file, most, what, OWNER_ONLY);
  }

  /** The same for a file that its group may read, too. */
  public static byte[] readShared(Path file, int most, String what) {
    return read(file, most, what, OWNER_AND_GROUP);
  }

  private static byte[] read(Path file, int most, String what, Set<PosixFilePermission> allowed) {
    try {
      requireNoOthers(file, what, allowed);
      if (Files.size(file) > most) {
        throw new IllegalArgumentException(
            "The file " + file + " is longer than an " + what + " can be (" + most + " bytes)");
      }
      try (InputStream in = Files.newInputStream(file)) {
        return in.readNBytes(most + 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the " + what + " from " + file, e);
    }
  }

  /**
   * Writes a new file.
   *
   * @param what it holds, for messages
   * @throws UncheckedIOException if the file exists or cannot be written
   */
  public static void write(Path file, byte[] text, String what) {
    try {
      Path target = file.toAbsolutePath();
      if (Files.exists(target)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      Path temporary = Files.createTempFile(target.getParent(), ".owner-key", ".tmp");
      try {
        restrictToOwner(temporary);
        Files.write(temporary, text, StandardOpenOption.DSYNC);
        publish(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (FileAlreadyExistsException e) {
      throw new UncheckedIOException(
          "The file "
              + file
              + " exists; one with an "
              + what
              + " is never overwritten, choose another name",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the " + what + " to " + file, e);
    }
  }

  /** A link fails if the target has appeared meanwhile, a move would replace it. */
  private static void publish(Path temporary, Path target) throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (UnsupportedOperationException e) {
      try {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException atomic) {
        Files.move(temporary, target);
      }
    }
  }

  private static void requireNoOthers(Path file, String what, Set<PosixFilePermission> allowed)
      throws IOException {
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) == null) {
      return;
    }
    Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
    if (!allowed.containsAll(granted) || !granted.contains(PosixFilePermission.OWNER_READ)) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " in "
              + file
              + " has permissions "
              + PosixFilePermissions.toString(granted)
              + "; its owner, and nobody else, must be able to read it, run: chmod 600 "
              + file);
    }
  }

  private static void restrictToOwner(Path file) throws IOException {
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(file, OWNER_ONLY);
      return;
    }
    AclFileAttributeView acl = Files.getFileAttributeView(file, AclFileAttributeView.class);
    if (acl != null) {
      acl.setAcl(
          List.of(
              AclEntry.newBuilder()
                  .setType(AclEntryType.ALLOW)
                  .setPrincipal(acl.getOwner())
                  .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                  .build()));
    }
  }
}
