package org.meadefender.suspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.meadefender.internal.Digests;
import org.meadefender.internal.Json;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A suspect that is asked elsewhere. Rows that nobody answered yet are written to {@code
 * questions-N.npy} in a directory; answers are read from {@code answers-N.npy} or {@code
 * answers-N.json} beside it, in the rows' order.
 */
final class RecordedAnswers implements SuspectModel {
  private static final int MAX_JSON_BYTES = 256 << 20;
  private static final String QUESTIONS = "questions-";
  private static final String ANSWERS = "answers-";

  private final Path directory;
  private final SuspectOptions options;
  private final AnswerReader reader;
  private final Map<String, float[]> answers = new HashMap<>();
  private int files;
  private boolean waiting;

  RecordedAnswers(Path directory, SuspectOptions options) {
    this.directory = directory;
    this.options = options;
    this.reader = AnswerReader.of(options);
    try {
      Files.createDirectories(directory);
      while (Files.exists(questions(files + 1))) {
        readPair(files + 1);
        files++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the recorded answers in " + directory, e);
    }
  }

  private Path questions(int number) {
    return directory.resolve(QUESTIONS + number + ".npy");
  }

  /** The directory's name. */
  @Override
  public String identity() {
    return "recorded answers " + directory.getFileName();
  }

  private void readPair(int number) throws IOException {
    Path npy = directory.resolve(ANSWERS + number + ".npy");
    Path json = directory.resolve(ANSWERS + number + ".json");
    boolean isNpy = Files.exists(npy);
    if (!isNpy && !Files.exists(json)) {
      throw new IllegalArgumentException(
          questions(number)
              + " waits for its answers; ask the suspect its rows, write the answers to "
              + npy
              + " or "
              + json.getFileName()
              + ", then call again");
    }
    NpyFile rows = NpyFile.read(questions(number));
    int n = rows.shape().isEmpty() ? 0 : rows.shape().get(0);
    try {
      float[][] read = reader.read(isNpy ? numbers(npy) : json(json, n), n);
      int length = n == 0 ? 0 : rows.values().length / n;
      for (int i = 0; i < n; i++) {
        float[] row = new float[length];
        for (int j = 0; j < length; j++) {
          row[j] = (float) rows.values()[i * length + j];
        }
        answers.put(digest(row), read[i]);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          (isNpy ? npy : json) + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static Map<String, Output> numbers(Path file) throws IOException {
    NpyFile array = NpyFile.read(file);
    return Map.of("", new Output.Numbers(array.values(), array.type().isWhole()));
  }

  private Map<String, Output> json(Path file, int rows) throws IOException {
    return JsonRows.read(
        Json.parse(Json.read(file, MAX_JSON_BYTES), file.toString()),
        rows,
        new ClassLabels(options.classNames()));
  }

  @Override
  public INDArray predict(INDArray features) {
    INDArray rows = options.format().apply(features).castTo(DataType.FLOAT).dup('c');
    int n = (int) rows.size(0);
    float[] values = rows.data().asFloat();
    int length = values.length / n;
    float[][] result = new float[n][];
    List<INDArray> open = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      float[] found =
          answers.get(digest(java.util.Arrays.copyOfRange(values, i * length, (i + 1) * length)));
      if (found == null) {
        open.add(rows.get(NDArrayIndex.interval(i, i + 1)));
      } else {
        result[i] = found;
      }
    }
    if (!open.isEmpty()) {
      throw unanswered(Nd4j.concat(0, open.toArray(new INDArray[0])));
    }
    return Nd4j.createFromArray(result);
  }

  /** One file at a time: what is asked next may depend on the answers. */
  private SuspectException unanswered(INDArray rows) {
    if (waiting) {
      return new SuspectException(questions(files) + " waits for its answers");
    }
    Path file = questions(files + 1);
    try {
      NpyFile.write(rows, file);
      files++;
      waiting = true;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the questions to " + file, e);
    }
    return new SuspectException(
        rows.size(0)
            + " rows are not answered yet; they are in "
            + file
            + " ("
            + java.util.Arrays.toString(rows.shape())
            + "): ask the suspect elsewhere, write its answers in their order to "
            + ANSWERS
            + files
            + ".npy (numbers) or .json beside it, then call again");
  }

  private static String digest(float[] row) {
    MessageDigest digest = Digests.sha256();
    Digests.add(digest, row);
    return HexFormat.of().formatHex(digest.digest());
  }
}
