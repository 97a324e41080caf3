package org.meadefender.suspect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.meadefender.internal.Json;

/**
 * What a server sent, unpacked.
 *
 * @param status HTTP status
 * @param headers its headers
 * @param body at most as long as is allowed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpAnswer(int status, HttpHeaders headers, byte[] body) {
  private static final int OK = 200;
  private static final int LONGEST_TEXT = 300;

  /**
   * Unpacks.
   *
   * @throws BoundedBody.TooLongException if it unpacks to more than is allowed
   * @throws IOException if it cannot be unpacked
   */
  static HttpAnswer of(HttpResponse<byte[]> response, int most) throws IOException {
    byte[] body = response.body();
    String encoding = response.headers().firstValue("Content-Encoding").orElse("").strip();
    if (encoding.toLowerCase(Locale.ROOT).endsWith("gzip")) {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
        body = in.readNBytes(most);
        if (in.read() >= 0) {
          throw new BoundedBody.TooLongException();
        }
      }
    }
    return new HttpAnswer(response.statusCode(), response.headers(), body);
  }

  boolean isOk() {
    return status == OK;
  }

  boolean isWebPage() {
    return headers
        .firstValue("Content-Type")
        .orElse("")
        .toLowerCase(Locale.ROOT)
        .startsWith("text/html");
  }

  /** What the server itself says of its fault, on one short line; empty if it is a web page. */
  String ownWords() {
    if (isWebPage()) {
      return "";
    }
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      var json = Json.parse(body, "The answer");
      for (String member : new String[] {"error", "message", "detail"}) {
        if (json.path(member).isTextual()) {
          text = json.get(member).textValue();
          break;
        }
      }
    } catch (IllegalArgumentException notJson) {
      // Then it is text.
    }
    String line = text.replaceAll("[\\p{C}\\s]+", " ").strip();
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + " …";
  }
}
