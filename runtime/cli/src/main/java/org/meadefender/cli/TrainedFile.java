package org.meadefender.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.internal.Json;
import org.meadefender.internal.WholeFile;
import org.meadefender.internal.release.MarkJson;
import org.meadefender.release.ModelRelease;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;

/**
 * A trained network that the owner has not released: a Deeplearning4j zip that says which marks it
 * carries, so that nobody need say it twice.
 *
 * @param file where it is
 * @param marks the public part of the marks
 * @param classes of the network
 * @param keyFingerprint of the key that it was trained with
 */
record TrainedFile(Path file, List<WatermarkSpec> marks, int classes, String keyFingerprint) {
  private static final String ENTRY = "mea-defender.json";
  private static final int MAX_BYTES = 1 << 20;

  /** Copies the list. */
  TrainedFile {
    marks = List.copyOf(marks);
  }

  /** Writes the network and what it carries. */
  void write(Model network) throws IOException {
    ObjectNode json = Json.object();
    MarkJson.write(marks, json);
    json.put("classes", classes);
    json.put("keyFingerprint", keyFingerprint);
    WholeFile.write(
        file,
        temporary -> {
          ModelRelease.write(network, temporary);
          try (FileSystem zip = FileSystems.newFileSystem(temporary)) {
            Files.write(zip.getPath("/" + ENTRY), Json.canonical(json));
          }
        });
  }

  /**
   * Reads what a file says of its marks.
   *
   * @throws IllegalArgumentException if it says nothing
   */
  static TrainedFile read(Path file) throws IOException {
    // It names what is missing, too.
    SuspectModel.loadNetwork(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(ENTRY);
      if (entry == null) {
        throw new IllegalArgumentException(
            file + " does not say which marks it carries: it is no file that train wrote");
      }
      try (var in = zip.getInputStream(entry)) {
        JsonNode json = Json.parse(in.readNBytes(MAX_BYTES), file + ": " + ENTRY);
        return new TrainedFile(
            file,
            MarkJson.read(json),
            Json.integer(json, "classes"),
            Json.text(json, "keyFingerprint"));
      }
    } catch (ZipException e) {
      throw new IllegalArgumentException(file + " is a damaged zip file", e);
    }
  }

  /**
   * Checks the key.
   *
   * @throws IllegalArgumentException if the network was trained with another
   */
  void requireKey(OwnerKey key) {
    if (!key.fingerprint().equals(keyFingerprint)) {
      throw new IllegalArgumentException(
          file
              + " was trained with the key "
              + keyFingerprint
              + ", this is "
              + key.fingerprint()
              + "; give that key");
    }
  }
}
