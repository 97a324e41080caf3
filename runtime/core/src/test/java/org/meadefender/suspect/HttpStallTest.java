package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.factory.Nd4j;

/** A server that falls silent at some byte of its answer, and keeps the connection. */
@Timeout(60)
class HttpStallTest {
  private static final String METADATA =
      "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,4]}],\"outputs\":[]}";
  private static final String ANSWER =
      "{\"outputs\":[{\"name\":\"p\",\"datatype\":\"FP32\",\"shape\":[1,2],\"data\":[0.25,0.75]}]}";
  private static final HttpOptions IMPATIENT =
      HttpOptions.DEFAULT.withRetries(0, Duration.ZERO).withTimeout(Duration.ofMillis(400));

  /** Answers one request after the other; those for one path only up to some byte. */
  private static final class Server implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String stalled;
    private final int sent;

    Server(String stalled, int sent) throws IOException {
      this.stalled = stalled;
      this.sent = sent;
      threads.execute(
          () -> {
            while (!socket.isClosed()) {
              try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
              } catch (IOException e) {
                return;
              }
            }
          });
    }

    private void serve(Socket connection) {
      try (connection) {
        String path = request(connection.getInputStream());
        byte[] answer = answer(path).getBytes(StandardCharsets.US_ASCII);
        OutputStream out = connection.getOutputStream();
        boolean stalls = path.equals(stalled);
        out.write(answer, 0, stalls ? sent : answer.length);
        out.flush();
        if (stalls) {
          Thread.sleep(60_000);
        }
      } catch (IOException e) {
        // The client has gone.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static String request(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int read = in.read();
        if (read < 0) {
          throw new EOFException("The client went before it had asked");
        }
        head.append((char) read);
      }
      int length = head.indexOf("Content-Length: ");
      if (length >= 0) {
        int start = length + "Content-Length: ".length();
        in.readNBytes(Integer.parseInt(head.substring(start, head.indexOf("\r\n", start))));
      }
      return head.toString().split(" ", -1)[1];
    }

    @Override
    public void close() throws IOException {
      socket.close();
      threads.shutdownNow();
    }
  }

  private static String answer(String path) {
    String body = path.endsWith("/infer") ? ANSWER : path.endsWith("/net") ? METADATA : "";
    return "HTTP/1.1 "
        + (body.isEmpty() ? "404 Not Found" : "200 OK")
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\nConnection: close\r\n\r\n"
        + body;
  }

  private static void assertEnds(String stalled, int sent) {
    try (Server server = new Server(stalled, sent)) {
      SuspectModel suspect =
          HttpSuspect.of(
              URI.create("http://127.0.0.1:" + server.socket.getLocalPort() + "/v2/models/net"),
              SuspectOptions.ofClasses(2).withHttp(IMPATIENT));
      assertThatThrownBy(() -> suspect.predict(Nd4j.zeros(1, 4)))
          .as(stalled + " after " + sent + " bytes")
          .isInstanceOf(SuspectException.class)
          .hasMessageContaining("did not answer in full within 400 ms");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyStallEndsWithTheTimeOut() throws Exception {
    // Many at a time: each waits for its time-out.
    ExecutorService threads = Executors.newFixedThreadPool(32);
    try {
      for (String path : new String[] {"/v2/models/net", "/v2/models/net/infer"}) {
        var all =
            IntStream.range(0, answer(path).length())
                .mapToObj(sent -> threads.submit(() -> assertEnds(path, sent)))
                .toList();
        for (var each : all) {
          each.get();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void answersThatDoNotStallAreRead() throws IOException {
    try (Server server = new Server("none", 0)) {
      SuspectModel suspect =
          HttpSuspect.of(
              URI.create("http://127.0.0.1:" + server.socket.getLocalPort() + "/v2/models/net"),
              SuspectOptions.ofClasses(2).withHttp(HttpOptions.DEFAULT));
      assertThat(suspect.predict(Nd4j.zeros(1, 4)).toFloatVector()).containsExactly(0.25f, 0.75f);
    }
  }
}
