package org.meadefender.suspect;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How to talk to a suspect over HTTP.
 *
 * @param timeout longest wait for a connection, and for each whole answer, to its last byte
 * @param retries how often a row is sent again after a fault that may pass, 0 or more
 * @param backoff wait before the first retry; it doubles with each one
 * @param longestWait longest wait between two tries, also where {@code Retry-After} asks for more
 * @param batch most rows of a request, at least 1
 * @param queryBudget most rows that may be sent in all, at least 1
 * @param maxResponseBytes longest answer that is read
 * @param headers further headers, for instance {@code Authorization}; never shown
 * @param tls trust and client certificates, where the platform's own do not do
 * @since 0.1.0
 */
public record HttpOptions(
    Duration timeout,
    int retries,
    Duration backoff,
    Duration longestWait,
    int batch,
    long queryBudget,
    int maxResponseBytes,
    Map<String, String> headers,
    @Nullable SSLContext tls) {

  /** 30 s, 4 retries from 1 s on and up to 60 s, 64 rows a request, 16 MiB answers. */
  public static final HttpOptions DEFAULT =
      new HttpOptions(
          Duration.ofSeconds(30),
          4,
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          64,
          Long.MAX_VALUE,
          16 << 20,
          Map.of(),
          null);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is outside its range
   */
  public HttpOptions {
    require(timeout.compareTo(Duration.ZERO) > 0, "timeout", timeout, "longer than 0");
    require(retries >= 0, "retries", retries, "0 or more");
    require(!backoff.isNegative(), "backoff", backoff, "0 or longer");
    require(!longestWait.isNegative(), "longestWait", longestWait, "0 or longer");
    require(batch >= 1, "batch", batch, "at least 1");
    require(queryBudget >= 1, "queryBudget", queryBudget, "at least 1");
    require(maxResponseBytes >= 1, "maxResponseBytes", maxResponseBytes, "at least 1");
    headers = Map.copyOf(headers);
  }

  /** The same with another time-out. */
  public HttpOptions withTimeout(Duration newTimeout) {
    return new HttpOptions(
        newTimeout,
        retries,
        backoff,
        longestWait,
        batch,
        queryBudget,
        maxResponseBytes,
        headers,
        tls);
  }

  /** The same with other retries. */
  public HttpOptions withRetries(int newRetries, Duration newBackoff) {
    return new HttpOptions(
        timeout,
        newRetries,
        newBackoff,
        longestWait,
        batch,
        queryBudget,
        maxResponseBytes,
        headers,
        tls);
  }

  /** The same with another number of rows a request. */
  public HttpOptions withBatch(int newBatch) {
    return new HttpOptions(
        timeout,
        retries,
        backoff,
        longestWait,
        newBatch,
        queryBudget,
        maxResponseBytes,
        headers,
        tls);
  }

  /** The same with a limit on all rows sent. */
  public HttpOptions withQueryBudget(long newBudget) {
    return new HttpOptions(
        timeout, retries, backoff, longestWait, batch, newBudget, maxResponseBytes, headers, tls);
  }

  /** The same with one more header; its value is treated as a secret. */
  public HttpOptions withHeader(String name, String value) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    all.put(name, value);
    return new HttpOptions(
        timeout, retries, backoff, longestWait, batch, queryBudget, maxResponseBytes, all, tls);
  }

  /** The same with other trust or client certificates. */
  public HttpOptions withTls(SSLContext context) {
    return new HttpOptions(
        timeout,
        retries,
        backoff,
        longestWait,
        batch,
        queryBudget,
        maxResponseBytes,
        headers,
        context);
  }

  /** Without the headers' values. */
  @Override
  public String toString() {
    return "HttpOptions[timeout="
        + timeout
        + ", retries="
        + retries
        + ", batch="
        + batch
        + ", queryBudget="
        + queryBudget
        + ", headers="
        + headers.keySet()
        + "]";
  }

  private static void require(boolean valid, String name, Object value, String range) {
    if (!valid) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be " + range);
    }
  }
}
