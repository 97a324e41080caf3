package org.meadefender.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.meadefender.release.Digests;
import org.meadefender.release.Json;
import org.meadefender.release.RejectedException;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The batches that a suspect was asked, by their digests, and its answers.
 *
 * <p>Kept in a file, it lets a verification that was cut off go on without asking twice. Kept as
 * evidence, it lets anybody with the key derive the rows again and find the same answers.
 */
public final class Transcript {
  private static final int MAX_LINE = 1 << 20;

  /** Most probabilities of a batch. */
  private static final long MAX_VALUES = 1 << 24;

  private static final int MAX_FILE_BYTES = 256 << 20;

  private final List<Entry> entries;
  private final @Nullable Path file;

  /**
   * One batch.
   *
   * @param rows SHA-256 of the rows
   * @param answers what they were answered with
   */
  private record Entry(String rows, Answers answers) {}

  private Transcript(List<Entry> entries, @Nullable Path file) {
    this.entries = entries;
    this.file = file;
  }

  /** A new one, in memory. */
  public static Transcript create() {
    return new Transcript(new ArrayList<>(), null);
  }

  /**
   * One that is kept in a file, line by line; an existing file is gone on with.
   *
   * @throws RejectedException if the file holds something else
   * @throws UncheckedIOException if it cannot be read
   */
  public static Transcript resume(Path file) {
    List<Entry> entries = new ArrayList<>();
    try {
      if (Files.exists(file)) {
        String text = new String(Json.read(file, MAX_FILE_BYTES), StandardCharsets.UTF_8);
        // What follows the last line end was cut off while it was written.
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1)) {
          if (!line.isEmpty()) {
            entries.add(read(line));
          }
        }
        if (!text.isEmpty() && !text.endsWith("\n")) {
          Files.writeString(file, text.substring(0, text.lastIndexOf('\n') + 1));
        }
      }
      return new Transcript(entries, file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the transcript " + file, e);
    } catch (IllegalArgumentException e) {
      throw new RejectedException(file + " is no transcript: " + e.getMessage(), e);
    }
  }

  private static Entry read(String line) {
    if (line.length() > MAX_LINE) {
      throw new IllegalArgumentException("it has a line of more than " + MAX_LINE + " characters");
    }
    return read(Json.parse(line.getBytes(StandardCharsets.UTF_8), "a line"));
  }

  private static Entry read(JsonNode json) {
    List<Integer> tops = new ArrayList<>();
    int classes = Json.integer(json, "classes");
    for (JsonNode top : Json.array(json, "tops")) {
      if (!top.isInt() || top.intValue() < Answers.NONE || top.intValue() >= classes) {
        throw new IllegalArgumentException("an answer is no class");
      }
      tops.add(top.intValue());
    }
    if (classes < 2 || (long) classes * tops.size() > MAX_VALUES) {
      throw new IllegalArgumentException("a batch has " + tops.size() + " rows of " + classes);
    }
    Answers answers = new Answers(tops, json.path("soft").asBoolean(), classes);
    return new Entry(Json.text(json, "rows"), answers);
  }

  /** Asks a suspect, except for batches that are in here already; writes down the rest. */
  public SuspectModel recording(SuspectModel suspect) {
    return new SuspectModel() {
      private int place;

      @Override
      public INDArray predict(INDArray features) {
        String rows = digest(features);
        if (place < entries.size() && entries.get(place).rows.equals(rows)) {
          return entries.get(place++).answers.toProbabilities();
        }
        // Other rows than before: another key, other data, or other options.
        entries.subList(place, entries.size()).clear();
        INDArray answers = suspect.predict(features);
        append(new Entry(rows, Answers.read(answers)));
        place++;
        return answers;
      }

      @Override
      public String identity() {
        return suspect.identity();
      }

      @Override
      public SuspectModel settled(ToDoubleFunction<SuspectModel> accuracy) {
        return recording(suspect.settled(accuracy));
      }
    };
  }

  /** A stand-in for the suspect that gives the recorded answers, and only to the recorded rows. */
  SuspectModel replay(String identity) {
    return SuspectModel.named(
        new SuspectModel() {
          private int place;

          @Override
          public INDArray predict(INDArray features) {
            if (place >= entries.size() || !entries.get(place).rows.equals(digest(features))) {
              throw new RejectedException(
                  "Batch "
                      + (place + 1)
                      + " of "
                      + entries.size()
                      + " does not derive from the committed key and these held-out data");
            }
            return entries.get(place++).answers.toProbabilities();
          }
        },
        identity);
  }

  private void append(Entry entry) {
    entries.add(entry);
    if (file != null) {
      try {
        byte[] line =
            (new String(Json.canonical(json(entry)), StandardCharsets.UTF_8) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot write the transcript " + file, e);
      }
    }
  }

  private static ObjectNode json(Entry entry) {
    ObjectNode json = Json.object();
    json.put("rows", entry.rows);
    json.put("classes", entry.answers.classes());
    json.put("soft", entry.answers.soft());
    ArrayNode tops = json.putArray("tops");
    entry.answers.tops().forEach(tops::add);
    return json;
  }

  /** All batches, for evidence. */
  ArrayNode toJson() {
    ArrayNode array = Json.object().arrayNode();
    entries.forEach(entry -> array.add(json(entry)));
    return array;
  }

  static Transcript of(JsonNode array) {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode each : array) {
      entries.add(read(each));
    }
    return new Transcript(entries, null);
  }

  /** Number of batches. */
  public int size() {
    return entries.size();
  }

  private static String digest(INDArray features) {
    MessageDigest digest = Digests.sha256();
    Digests.add(digest, features.dup('c').data().asFloat());
    return HexFormat.of().formatHex(digest.digest());
  }
}
