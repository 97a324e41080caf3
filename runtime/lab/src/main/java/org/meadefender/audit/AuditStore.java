package org.meadefender.audit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.meadefender.internal.BoundedFile;
import org.meadefender.internal.WholeFile;

/** Reads and writes audit results as JSON. */
public final class AuditStore {
  /** Name of the file in an audit's directory. */
  public static final String FILE = "audit.json";

  private static final int MAX_BYTES = 64 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          // Derived figures, such as rates and intervals, are written for readers only.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private AuditStore() {}

  /**
   * Reads a result.
   *
   * @throws IllegalArgumentException if the file holds no result of this schema version
   * @throws UncheckedIOException if it cannot be read
   */
  public static AuditResult read(Path file) {
    try {
      JsonNode tree = JSON.readTree(BoundedFile.read(file, MAX_BYTES));
      int version = tree.path("schemaVersion").asInt(0);
      if (version != AuditResult.SCHEMA_VERSION) {
        throw new IllegalArgumentException(
            file
                + " has the schema version "
                + version
                + ", this program reads "
                + AuditResult.SCHEMA_VERSION
                + "; delete it to start anew");
      }
      return JSON.treeToValue(tree, AuditResult.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          file + " holds no audit result; delete it to start anew", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /**
   * Writes a result, so that the file is always either the old one or the new one.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public static void write(AuditResult result, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      WholeFile.write(file, temporary -> JSON.writeValue(temporary.toFile(), result));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }
}
