package org.meadefender.suspect;

import org.nd4j.linalg.api.ndarray.INDArray;

/** How a server is asked. */
interface InferenceProtocol {

  /** Most rows that the server takes in a request; 0 if it says nothing of it. */
  int mostRows();

  /** Whether each request must have as many rows. */
  boolean exact();

  /**
   * Sends one request.
   *
   * @param features samples as the held-out data have them, {@code [n, …]}
   * @return the server's answer
   * @throws SuspectException if there is none
   */
  HttpAnswer ask(INDArray features);

  /**
   * Reads an answer.
   *
   * @throws IllegalArgumentException if it is not what the protocol says
   */
  java.util.Map<String, Output> read(HttpAnswer answer, int rows);
}
