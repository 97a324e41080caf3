package org.meadefender.verify;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.meadefender.internal.Digests;
import org.meadefender.suspect.SuspectException;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.VerificationFigures.LabelMode;

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
    for (List<Integer> chosen : QueryRows.batches(questions, places, batch)) {
      Answers part =
          QueryRows.answers(
              name, model, QueryRows.of(questions, chosen, samples), outputs, samples.classes());
      outputs = part.classes();
      parts.add(part);
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
