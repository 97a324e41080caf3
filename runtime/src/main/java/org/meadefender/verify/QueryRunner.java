package org.meadefender.verify;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.meadefender.release.Digests;
import org.meadefender.suspect.SuspectException;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Puts queries to one model, in batches and in an order that does not tell which is which. */
final class QueryRunner {
  private final String name;
  private final SuspectModel model;
  private final HeldOutSamples samples;
  private final int batch;
  private final Optional<RandomGenerator> order;
  private final MessageDigest transcript = Digests.sha256();
  private int queries;
  private int outputs;
  private boolean soft;
  private float leastPositive = 1;

  /**
   * Prepares.
   *
   * @param name of the model, for messages
   * @param order of the rows; empty for their own order
   * @param outputs number of classes that it must answer with; 0 for as many as it likes
   */
  QueryRunner(
      String name,
      SuspectModel model,
      HeldOutSamples samples,
      int batch,
      Optional<RandomGenerator> order,
      int outputs) {
    this.name = name;
    this.model = model;
    this.samples = samples;
    this.batch = batch;
    this.order = order;
    this.outputs = outputs;
  }

  /** Of the model under suspicion. */
  static QueryRunner ofSuspect(
      SuspectModel suspect, HeldOutSamples samples, int batch, RandomGenerator order) {
    return new QueryRunner("the suspect", suspect, samples, batch, Optional.of(order), 0);
  }

  /**
   * Asks all queries.
   *
   * @return the answers in the order of the queries
   * @throws SuspectException if the model does not answer with class probabilities; the message
   *     says which model
   */
  Answers ask(List<Query> questions) {
    List<Integer> places = new ArrayList<>(IntStream.range(0, questions.size()).boxed().toList());
    order.ifPresent(random -> Shuffle.shuffle(places, random));
    List<Answers> parts = new ArrayList<>();
    int[] asked = new int[places.size()];
    int rows = 0;
    for (List<Integer> chosen : batches(questions, places)) {
      parts.add(answers(rows(questions, chosen), chosen.size()));
      queries += chosen.size();
      for (int place : chosen) {
        asked[place] = rows++;
      }
    }
    Answers answers = Answers.join(parts).at(asked);
    soft |= answers.soft();
    leastPositive = Math.min(leastPositive, answers.leastPositive());
    for (int row = 0; row < answers.rows(); row++) {
      transcript.update(ByteBuffer.allocate(Integer.BYTES).putInt(answers.top(row)).flip());
    }
    Digests.add(transcript, answers.values());
    return answers;
  }

  /** Rows of one length stand together: suspects take no masks. */
  private List<List<Integer>> batches(List<Query> questions, List<Integer> places) {
    Map<Integer, List<Integer>> byLength = new LinkedHashMap<>();
    for (int place : places) {
      byLength
          .computeIfAbsent(questions.get(place).length(), length -> new ArrayList<>())
          .add(place);
    }
    List<List<Integer>> batches = new ArrayList<>();
    for (List<Integer> same : byLength.values()) {
      for (int from = 0; from < same.size(); from += batch) {
        batches.add(same.subList(from, Math.min(from + batch, same.size())));
      }
    }
    return batches;
  }

  private INDArray rows(List<Query> questions, List<Integer> chosen) {
    int length = questions.get(chosen.get(0)).length();
    float[] values = new float[chosen.size() * length];
    for (int i = 0; i < chosen.size(); i++) {
      float[] row = questions.get(chosen.get(i)).row(samples.shape());
      System.arraycopy(row, 0, values, i * length, length);
    }
    return Nd4j.createFromArray(values).reshape(samples.batchShape(chosen.size(), length));
  }

  private Answers answers(INDArray features, int rows) {
    try {
      INDArray answer = model.predict(features);
      if (answer.rank() != 2
          || answer.size(0) != rows
          || answer.size(1) < 2
          || (outputs > 0 && answer.size(1) != outputs)) {
        throw new SuspectException(
            "it answered "
                + rows
                + " rows with an array of shape "
                + Arrays.toString(answer.shape())
                + "; expected ["
                + rows
                + ", "
                + (outputs > 0 ? outputs : samples.classes())
                + "], the classes of the held-out data or of earlier answers");
      }
      outputs = (int) answer.size(1);
      return Answers.read(answer);
    } catch (SuspectException fault) {
      throw new SuspectException(name + " could not be questioned: " + fault.getMessage(), fault);
    }
  }

  /** Rows answered so far. */
  int queries() {
    return queries;
  }

  LabelMode labelMode() {
    return soft ? LabelMode.SOFT : LabelMode.HARD;
  }

  /** The least probability above 0 so far: a coarse one shows rounding. */
  float leastPositive() {
    return leastPositive;
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
