package org.meadefender.spec;

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
final class KeyFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private KeyFile() {}

  /**
   * Reads a file, up to one byte more than it may have.
   *
   * @throws IllegalArgumentException if others than its owner may read it
   * @throws UncheckedIOException if it cannot be read
   */
  static byte[] read(Path file, int most) {
    try {
      requireOwnerOnly(file);
      if (Files.size(file) > most) {
        throw new IllegalArgumentException(
            "The file " + file + " is longer than an owner's key can be (" + most + " bytes)");
      }
      try (InputStream in = Files.newInputStream(file)) {
        return in.readNBytes(most + 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the owner's key from " + file, e);
    }
  }

  /**
   * Writes a new file.
   *
   * @throws UncheckedIOException if the file exists or cannot be written
   */
  static void write(Path file, byte[] text) {
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
          "The file " + file + " exists; an owner's key is never overwritten, choose another name",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the owner's key to " + file, e);
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

  private static void requireOwnerOnly(Path file) throws IOException {
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) == null) {
      return;
    }
    Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY.containsAll(granted) || !granted.contains(PosixFilePermission.OWNER_READ)) {
      throw new IllegalArgumentException(
          "The owner's key in "
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
