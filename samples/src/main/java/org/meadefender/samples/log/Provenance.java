package org.meadefender.samples.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.meadefender.audit.RobustnessAudit;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.internal.Digests;
import org.meadefender.internal.Json;
import org.meadefender.internal.Versions;
import org.meadefender.samples.models.SampleImages;
import org.meadefender.train.ProtectedModel;

/**
 * Where results come from. Models and results of one origin are not gone on with by another: not by
 * a changed program, nor on other data or another platform.
 *
 * @param library version of the library
 * @param commit of the sources, with {@code +changes} where they were changed since; {@code
 *     unknown} outside a repository. It is for readers: what is compared is the next
 * @param program SHA-256 of the classes of the library and of the measuring program
 * @param data SHA-256 of the images
 * @param platform operating system, Java and Deeplearning4j
 */
public record Provenance(
    String library, String commit, String program, String data, String platform) {
  /** What lines of results have it under. */
  public static final String FIELD = "from";

  private static final int BATCH = 1_000;

  /** Of a directory's name; enough to tell origins apart. */
  private static final int KEY_CHARACTERS = 32;

  private static final int SHORT = 8;

  /**
   * The origin of what a program is about to measure.
   *
   * @param program its main class, whose package belongs to it
   */
  public static Provenance of(TrainTest images, Class<?> program) {
    return of(digest(images), program);
  }

  /** The same of a program that has no images, or describes its data otherwise. */
  public static Provenance of(String data, Class<?> program) {
    return new Provenance(
        version(),
        SourceCommit.current(),
        ProgramDigest.of(
            ProtectedModel.class, RobustnessAudit.class, SampleImages.class, Json.class, program),
        data,
        String.format(
            "%s %s, Java %s, Deeplearning4j %s",
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Versions.java(),
            Versions.of("org.deeplearning4j", "deeplearning4j-nn")));
  }

  /** Of the build, where classes come from no jar that would tell. */
  private static String version() {
    try (@Nullable InputStream in = Provenance.class.getResourceAsStream("/sources.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", Versions.library());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the version", e);
    }
  }

  private static String digest(TrainTest images) {
    MessageDigest digest = Digests.sha256();
    for (ImageSet set : new ImageSet[] {images.train(), images.test()}) {
      for (int from = 0; from < set.size(); from += BATCH) {
        int to = Math.min(set.size(), from + BATCH);
        Digests.add(digest, set.features(from, to).dup('c').data().asFloat());
        for (int i = from; i < to; i++) {
          digest.update((byte) (set.label(i) >> 8));
          digest.update((byte) set.label(i));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** From a line of a file; of lines without an origin all parts are empty. */
  public static Provenance from(JsonNode line) {
    JsonNode from = line.path(FIELD);
    return new Provenance(
        from.path("library").asText(""),
        from.path("commit").asText(""),
        from.path("program").asText(""),
        from.path("data").asText(""),
        from.path("platform").asText(""));
  }

  /** As a part of a line of a file. */
  public ObjectNode toJson() {
    return Json.object()
        .put("library", library)
        .put("commit", commit)
        .put("program", program)
        .put("data", data)
        .put("platform", platform);
  }

  /** Whether earlier results may be gone on with. */
  public boolean continues(Provenance earlier) {
    return library.equals(earlier.library)
        && program.equals(earlier.program)
        && data.equals(earlier.data)
        && platform.equals(earlier.platform);
  }

  /**
   * A name for what was made by this program.
   *
   * @param setting with its seed
   */
  public String key(String setting) {
    String all = String.join("\n", library, program, data, platform, setting);
    return Digests.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, KEY_CHARACTERS);
  }

  /** For readers: version, commit, program and data; empty without an origin. */
  @Override
  public String toString() {
    return library.isEmpty()
        ? ""
        : "version "
            + library
            + ", commit "
            + shortened(commit)
            + ", program "
            + shortened(program)
            + ", data "
            + shortened(data);
  }

  private static String shortened(String digest) {
    return digest.length() <= SHORT
        ? digest
        : digest.substring(0, SHORT) + (digest.endsWith("+changes") ? "+changes" : "");
  }
}
