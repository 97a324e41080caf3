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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.meadefender.internal.Digests;
import org.meadefender.internal.Json;
import org.meadefender.release.RejectedException;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.TranscriptLines.Entry;
import org.meadefender.verify.TranscriptLines.Subject;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batches that one suspect was asked, by their digests, and its answers.
 *
 * <p>Kept in a file, it lets a verification that was cut off go on without asking twice. Kept as
 * evidence, it lets anybody with the key derive the rows again and find the same answers. It
 * belongs to one suspect and one set of options, and is refused for any other.
 *
 * @since 0.1.0
 */
public final class Transcript {
  private static final Logger log = LoggerFactory.getLogger(Transcript.class);
  private static final int MAX_FILE_BYTES = 256 << 20;

  private final List<Entry> entries;
  private Optional<Path> file;
  private Optional<Subject> subject;
  private Optional<IOException> fault = Optional.empty();

  private Transcript(List<Entry> entries, Optional<Path> file, Optional<Subject> subject) {
    this.entries = entries;
    this.file = file;
    this.subject = subject;
  }

  /** A new one, in memory. */
  public static Transcript create() {
    return new Transcript(new ArrayList<>(), Optional.empty(), Optional.empty());
  }

  /**
   * One that is kept in a file, line by line; an existing file is gone on with.
   *
   * @throws RejectedException if the file holds something else
   * @throws UncheckedIOException if it cannot be read
   */
  public static Transcript resume(Path file) {
    try {
      if (!Files.exists(file)) {
        return new Transcript(new ArrayList<>(), Optional.of(file), Optional.empty());
      }
      String text = new String(Json.read(file, MAX_FILE_BYTES), StandardCharsets.UTF_8);
      // What follows the last line end was cut off while it was written.
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      List<JsonNode> lines = new ArrayList<>();
      for (String line : whole.split("\n", -1)) {
        if (!line.isEmpty()) {
          lines.add(TranscriptLines.parse(line));
        }
      }
      if (lines.isEmpty() && !text.isBlank()) {
        throw new IllegalArgumentException("it has no whole line");
      }
      Transcript transcript = of(lines, Optional.of(file));
      if (!text.equals(whole)) {
        // Only now that all of it is known to be a transcript.
        Files.writeString(file, whole);
      }
      return transcript;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the transcript " + file, e);
    } catch (IllegalArgumentException e) {
      throw new RejectedException(file + " is no transcript: " + e.getMessage(), e);
    }
  }

  /** Out of evidence. */
  static Transcript of(JsonNode array) {
    List<JsonNode> lines = new ArrayList<>();
    array.forEach(lines::add);
    return of(lines, Optional.empty());
  }

  private static Transcript of(List<JsonNode> lines, Optional<Path> file) {
    if (lines.isEmpty()) {
      return new Transcript(new ArrayList<>(), file, Optional.empty());
    }
    Subject subject = TranscriptLines.subject(lines.get(0));
    List<Entry> entries = new ArrayList<>();
    lines.stream().skip(1).forEach(line -> entries.add(TranscriptLines.entry(line)));
    return new Transcript(entries, file, Optional.of(subject));
  }

  /**
   * Asks a suspect, except for batches that are in here already; writes down the rest.
   *
   * @param options with which it is verified
   * @throws IllegalArgumentException if the suspect has no identity of its own
   * @throws RejectedException if these are answers of another suspect, or with other options
   */
  public SuspectModel recording(SuspectModel suspect, VerificationOptions options) {
    String wanted =
        "rows "
            + options.rows()
            + ", batch "
            + options.batch()
            + ", query budget "
            + options.queryBudget();
    if (suspect.identity().equals(SuspectModel.UNNAMED)) {
      throw new IllegalArgumentException(
          "The suspect is named '"
              + SuspectModel.UNNAMED
              + "', as any other is: a transcript belongs to one suspect; name it by"
              + " SuspectModel.named(suspect, identity)");
    }
    requireSame("another suspect", Subject::suspect, suspect.identity());
    requireSame("other options", Subject::options, wanted);
    if (subject.isEmpty()) {
      subject = Optional.of(new Subject(suspect.identity(), wanted));
      append(TranscriptLines.json(subject.get()));
    }
    return new Recording(suspect);
  }

  private void requireSame(
      String name, java.util.function.Function<Subject, String> part, String wanted) {
    subject
        .map(part)
        .filter(recorded -> !recorded.equals(wanted))
        .ifPresent(
            recorded -> {
              throw new RejectedException(
                  "The transcript is of "
                      + name
                      + " ("
                      + recorded
                      + "; now "
                      + wanted
                      + "); choose another file, or use the same as before");
            });
  }

  /** Asks, and writes down. */
  final class Recording implements SuspectModel {
    private final SuspectModel suspect;
    private int place;
    private int freshRows;

    private Recording(SuspectModel suspect) {
      this.suspect = suspect;
    }

    @Override
    public INDArray predict(INDArray features) {
      String rows = digest(features);
      if (place < entries.size()) {
        Entry recorded = entries.get(place);
        if (!recorded.rows().equals(rows)) {
          throw new RejectedException(
              "Batch "
                  + (place + 1)
                  + " of the transcript has other rows: it is of another key, or of other held-out"
                  + " data; choose another file");
        }
        place++;
        return recorded.answers().toArray();
      }
      Answers answers = canonical(Answers.read(suspect.predict(features)));
      Entry entry = new Entry(rows, answers);
      entries.add(entry);
      append(TranscriptLines.json(entry));
      place++;
      freshRows += answers.rows();
      return answers.toArray();
    }

    @Override
    public String identity() {
      return suspect.identity();
    }

    @Override
    public List<String> notes() {
      return suspect.notes();
    }

    /** The way of asking is found out before anything is recorded. */
    @Override
    public SuspectModel settled(ToDoubleFunction<SuspectModel> accuracy) {
      return new Recording(suspect.settled(accuracy));
    }

    /** Rows that the suspect was really asked. */
    int freshRows() {
      return freshRows;
    }
  }

  /** The same whether it comes from the suspect or from the file. */
  private static Answers canonical(Answers answers) {
    if (answers.soft()) {
      return answers;
    }
    float[] values = new float[answers.rows() * answers.classes()];
    for (int row = 0; row < answers.rows(); row++) {
      if (answers.top(row) != Answers.NONE) {
        values[row * answers.classes() + answers.top(row)] = 1;
      }
    }
    return Answers.of(answers.classes(), values);
  }

  /**
   * A stand-in for the suspect that gives the recorded answers, and only to the recorded rows.
   *
   * @throws RejectedException if these are another suspect's answers
   */
  SuspectModel replay(String identity) {
    requireSame("another suspect", Subject::suspect, identity);
    return SuspectModel.named(
        new SuspectModel() {
          private int place;

          @Override
          public INDArray predict(INDArray features) {
            if (place >= entries.size() || !entries.get(place).rows().equals(digest(features))) {
              throw new RejectedException(
                  "Batch "
                      + (place + 1)
                      + " of "
                      + entries.size()
                      + " does not derive from the committed key and these held-out data");
            }
            return entries.get(place++).answers().toArray();
          }
        },
        identity);
  }

  private void append(ObjectNode json) {
    if (file.isPresent()) {
      try {
        byte[] line =
            (new String(Json.canonical(json), StandardCharsets.UTF_8) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        Files.write(file.get(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        // The answers count all the same; what was written so far stays good.
        log.warn("Cannot write the transcript {} any more; the verification goes on", file.get());
        file = Optional.empty();
        fault = Optional.of(e);
      }
    }
  }

  /** All of it, for evidence. */
  ArrayNode toJson() {
    ArrayNode array = Json.object().arrayNode();
    subject.ifPresent(each -> array.add(TranscriptLines.json(each)));
    entries.forEach(entry -> array.add(TranscriptLines.json(entry)));
    return array;
  }

  /** Why the file lacks the last batches; empty if it has all. */
  public Optional<IOException> fault() {
    return fault;
  }

  /** Number of batches. */
  public int size() {
    return entries.size();
  }

  private static String digest(INDArray features) {
    MessageDigest digest = Digests.sha256();
    digest.update(Arrays.toString(features.shape()).getBytes(StandardCharsets.UTF_8));
    Digests.add(digest, features.dup('c').data().asFloat());
    return HexFormat.of().formatHex(digest.digest());
  }
}
