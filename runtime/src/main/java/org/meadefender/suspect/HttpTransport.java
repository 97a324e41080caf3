package org.meadefender.suspect;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Sends requests, waits and tries again where a fault may pass, and reads bounded answers. */
final class HttpTransport {
  private static final Set<Integer> MAY_PASS = Set.of(408, 425, 429, 502, 503, 504);
  private static final int OK = 200;

  private final HttpOptions options;
  private final HttpClient client;

  HttpTransport(URI address, HttpOptions options) {
    this.options = options;
    requireSafe(address, options);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(options.timeout())
            // A redirect could carry the authentication header to somebody else.
            .followRedirects(HttpClient.Redirect.NEVER);
    if (options.tls() != null) {
      builder.sslContext(options.tls());
    }
    this.client = builder.build();
  }

  private static void requireSafe(URI address, HttpOptions options) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if ((!scheme.equals("http") && !scheme.equals("https")) || address.getHost() == null) {
      throw new IllegalArgumentException(
          "The address " + redacted(address) + " must start with http:// or https:// and a host");
    }
    if (address.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "The address must not hold a password; pass an Authorization header instead");
    }
    if (scheme.equals("http") && !options.headers().isEmpty() && !isLoopback(address.getHost())) {
      throw new IllegalArgumentException(
          "Headers " + options.headers().keySet() + " would go over plain http; use https");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** An address without what may be secret in it. */
  static String redacted(URI address) {
    return address.getScheme() + "://" + address.getAuthority() + address.getPath();
  }

  byte[] get(URI address) {
    return send(request(address).GET().build());
  }

  byte[] post(URI address, byte[] json) {
    return send(
        request(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json))
            .build());
  }

  private HttpRequest.Builder request(URI address) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(address)
            .timeout(options.timeout())
            .header("Accept", "application/json");
    options.headers().forEach(builder::setHeader);
    return builder;
  }

  private byte[] send(HttpRequest request) {
    String where = redacted(request.uri());
    Duration wait = options.backoff();
    for (int tried = 0; ; tried++) {
      Attempt attempt = attempt(request, where);
      if (attempt.body != null) {
        return attempt.body;
      }
      if (!attempt.mayPass || tried >= options.retries()) {
        throw new SuspectException(
            where + " " + attempt.fault + (tried > 0 ? ", after " + (tried + 1) + " tries" : ""));
      }
      pause(attempt.retryAfter.orElse(wait), where);
      wait = wait.multipliedBy(2);
    }
  }

  /** What became of one try: an answer, or a fault. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Attempt(
      byte @org.jspecify.annotations.Nullable [] body,
      String fault,
      boolean mayPass,
      Optional<Duration> retryAfter) {
    static Attempt fault(String fault, boolean mayPass) {
      return new Attempt(null, fault, mayPass, Optional.empty());
    }
  }

  private Attempt attempt(HttpRequest request, String where) {
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        if (response.statusCode() != OK) {
          return new Attempt(
              null,
              "answered with status " + response.statusCode(),
              MAY_PASS.contains(response.statusCode()),
              response.headers().firstValue("Retry-After").flatMap(HttpTransport::parseWait));
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (type.startsWith("text/html")) {
          return Attempt.fault("answered with a web page, not JSON", false);
        }
        return read(in);
      }
    } catch (java.net.http.HttpTimeoutException e) {
      return Attempt.fault("did not answer within " + options.timeout().toMillis() + " ms", true);
    } catch (IOException e) {
      return Attempt.fault("cannot be reached (" + e.getClass().getSimpleName() + ")", true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SuspectException("Interrupted while " + where + " was asked", e);
    }
  }

  private Attempt read(InputStream in) throws IOException {
    // The time-out of the client ends with the headers; a body that trickles must end as well.
    long deadline = System.nanoTime() + options.timeout().toNanos();
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 13];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      bytes.write(buffer, 0, read);
      if (bytes.size() > options.maxResponseBytes()) {
        return Attempt.fault(
            "answered with more than " + options.maxResponseBytes() + " bytes", false);
      }
      if (System.nanoTime() - deadline > 0) {
        return Attempt.fault(
            "did not end its answer within " + options.timeout().toMillis() + " ms", true);
      }
    }
    return new Attempt(bytes.toByteArray(), "", false, Optional.empty());
  }

  private static Optional<Duration> parseWait(String value) {
    try {
      return Optional.of(Duration.ofSeconds(Math.max(0, Long.parseLong(value.strip()))));
    } catch (NumberFormatException notSeconds) {
      try {
        Instant until =
            ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        Duration wait = Duration.between(Instant.now(), until);
        return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
  }

  private void pause(Duration wait, String where) {
    try {
      Thread.sleep(Math.min(wait.toMillis(), options.longestWait().toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SuspectException("Interrupted while waiting for " + where, e);
    }
  }
}
