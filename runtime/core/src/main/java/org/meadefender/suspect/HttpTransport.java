package org.meadefender.suspect;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends requests, waits and tries again where a fault may pass, and reads bounded answers. */
final class HttpTransport {
  private static final Set<Integer> MAY_PASS = Set.of(408, 425, 429, 502, 503, 504);

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

  HttpAnswer get(URI address) {
    return send(request(address).GET().build(), true);
  }

  /** Something that a server need not have: empty if it says so, by any status but 200. */
  Optional<HttpAnswer> find(URI address) {
    HttpAnswer answer = send(request(address).GET().build(), false);
    return answer.isOk() && !answer.isWebPage() ? Optional.of(answer) : Optional.empty();
  }

  /**
   * Sends a body.
   *
   * @param headers further headers, which stand behind those of the options
   */
  HttpAnswer post(URI address, byte[] body, Map<String, String> headers) {
    HttpRequest.Builder builder =
        request(address).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(builder::setHeader);
    options.headers().forEach(builder::setHeader);
    return send(builder.build(), true);
  }

  private HttpRequest.Builder request(URI address) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(address)
            .timeout(options.timeout())
            .header("Accept", "application/json")
            .header("Accept-Encoding", "gzip");
    options.headers().forEach(builder::setHeader);
    return builder;
  }

  private HttpAnswer send(HttpRequest request, boolean needed) {
    String where = redacted(request.uri());
    Duration wait = options.backoff();
    for (int tried = 0; ; tried++) {
      Attempt attempt = attempt(request).judged(needed);
      if (attempt.answer != null) {
        return attempt.answer;
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
  private record Attempt(
      @Nullable HttpAnswer answer, String fault, boolean mayPass, Optional<Duration> retryAfter) {
    static Attempt fault(String fault, boolean mayPass) {
      return new Attempt(null, fault, mayPass, Optional.empty());
    }

    /** A fault if the server says so, and what was asked for is needed or may come yet. */
    Attempt judged(boolean needed) {
      if (answer == null || (!needed && !MAY_PASS.contains(answer.status()))) {
        return this;
      }
      if (!answer.isOk()) {
        String words = answer.ownWords();
        return new Attempt(
            null,
            "answered with status " + answer.status() + (words.isEmpty() ? "" : ": " + words),
            MAY_PASS.contains(answer.status()),
            answer.headers().firstValue("Retry-After").flatMap(HttpTransport::parseWait));
      }
      return answer.isWebPage() ? fault("answered with a web page, not JSON", false) : this;
    }
  }

  /** The time-out holds for everything, from the connection to the last byte of the answer. */
  private Attempt attempt(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request, info -> new BoundedBody(options.maxResponseBytes()));
    try {
      HttpResponse<byte[]> response = sent.get(options.timeout().toNanos(), TimeUnit.NANOSECONDS);
      return new Attempt(
          HttpAnswer.of(response, options.maxResponseBytes()), "", false, Optional.empty());
    } catch (TimeoutException e) {
      return late();
    } catch (ExecutionException e) {
      return failed(e.getCause());
    } catch (IOException e) {
      return failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SuspectException("Interrupted while " + redacted(request.uri()) + " was asked", e);
    } finally {
      // Closes the connection of an exchange that goes on.
      sent.cancel(true);
    }
  }

  private Attempt late() {
    return Attempt.fault(
        "did not answer in full within " + options.timeout().toMillis() + " ms", true);
  }

  private Attempt failed(@Nullable Throwable fault) {
    for (Throwable each = fault; each != null; each = each.getCause()) {
      if (each instanceof BoundedBody.TooLongException) {
        return Attempt.fault(
            "answered with more than " + options.maxResponseBytes() + " bytes", false);
      }
    }
    if (fault instanceof HttpTimeoutException) {
      return late();
    }
    if (fault instanceof ZipException) {
      return Attempt.fault("answered with damaged gzip", false);
    }
    if (fault instanceof IOException) {
      return Attempt.fault("cannot be reached: " + reason(fault), true);
    }
    throw new IllegalStateException("The HTTP client failed", fault);
  }

  /** In words, which the client's exceptions often lack. */
  private static String reason(Throwable fault) {
    for (Throwable each = fault; each != null; each = each.getCause()) {
      if (each instanceof UnresolvedAddressException) {
        return "its name is not known";
      }
      if (each instanceof SSLException) {
        return "its certificate or its encryption is not accepted";
      }
    }
    return fault instanceof ConnectException
        ? "there is no connection"
        : Objects.requireNonNullElse(fault.getMessage(), "the connection broke off");
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
