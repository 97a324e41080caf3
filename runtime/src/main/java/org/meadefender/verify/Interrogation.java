package org.meadefender.verify;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.meadefender.release.Digests;
import org.meadefender.suspect.SuspectException;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Puts queries to one model, in batches and in an order that does not tell which is which. */
final class Interrogation {
  private final String name;
  private final SuspectModel model;
  private final HeldOutSamples samples;
  private final int batch;
  private final RandomGenerator random;
  private final MessageDigest transcript = Digests.sha256();
  private int queries;
  private boolean soft;

  private Interrogation(
      String name, SuspectModel model, HeldOutSamples samples, int batch, RandomGenerator random) {
    this.name = name;
    this.model = model;
    this.samples = samples;
    this.batch = batch;
    this.random = random;
  }

  /** Of the model under suspicion. */
  static Interrogation ofSuspect(
      SuspectModel suspect, HeldOutSamples samples, int batch, RandomGenerator random) {
    return new Interrogation("the suspect", suspect, samples, batch, random);
  }

  /**
   * Of an unrelated model.
   *
   * @param number from 1, for messages
   */
  static Interrogation ofIndependent(
      int number,
      SuspectModel independent,
      HeldOutSamples samples,
      int batch,
      RandomGenerator random) {
    return new Interrogation("independent model " + number, independent, samples, batch, random);
  }

  /**
   * Asks all queries.
   *
   * @return the top class of each, {@link Answers#NONE} where there is none
   * @throws SuspectException if the model does not answer with class probabilities; the message
   *     says which model
   */
  int[] ask(List<Query> questions) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, questions.size()).boxed().toList());
    Shuffle.shuffle(order, random);
    int[] answers = new int[questions.size()];
    for (int from = 0; from < order.size(); from += batch) {
      List<Integer> chosen = order.subList(from, Math.min(from + batch, order.size()));
      List<Integer> tops = tops(rows(questions, chosen), chosen.size());
      for (int i = 0; i < tops.size(); i++) {
        answers[chosen.get(i)] = tops.get(i);
      }
      queries += tops.size();
    }
    for (int answer : answers) {
      transcript.update(ByteBuffer.allocate(Integer.BYTES).putInt(answer).flip());
    }
    return answers;
  }

  private INDArray rows(List<Query> questions, List<Integer> chosen) {
    int length = samples.shape().length();
    float[] values = new float[chosen.size() * length];
    for (int i = 0; i < chosen.size(); i++) {
      float[] row = questions.get(chosen.get(i)).row(samples.shape(), random);
      System.arraycopy(row, 0, values, i * length, length);
    }
    return Nd4j.createFromArray(values).reshape(samples.batchShape(chosen.size()));
  }

  private List<Integer> tops(INDArray features, int rows) {
    try {
      return read(model.predict(features), rows);
    } catch (SuspectException fault) {
      throw new SuspectException(name + " could not be questioned: " + fault.getMessage(), fault);
    }
  }

  private List<Integer> read(INDArray answer, int rows) {
    int classes = samples.classes();
    if (answer.rank() != 2 || answer.size(0) != rows || answer.size(1) != classes) {
      throw new SuspectException(
          "it answered "
              + rows
              + " rows with an array of shape "
              + Arrays.toString(answer.shape())
              + "; expected ["
              + rows
              + ", "
              + classes
              + "], the classes of the held-out data");
    }
    Answers answers = Answers.read(answer);
    soft |= answers.soft();
    return answers.tops();
  }

  /** Rows answered so far. */
  int queries() {
    return queries;
  }

  LabelMode labelMode() {
    return soft ? LabelMode.SOFT : LabelMode.HARD;
  }

  /** SHA-256 of all answers so far. */
  String transcriptHash() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) transcript.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("This Java platform's SHA-256 cannot be cloned", e);
    }
  }
}
