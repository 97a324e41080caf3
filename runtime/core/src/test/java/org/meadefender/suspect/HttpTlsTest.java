package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** A server with a certificate that only its own trust store knows. */
class HttpTlsTest {
  private static final char[] PASSWORD = "test".toCharArray();
  private static final HttpOptions ONCE = HttpOptions.DEFAULT.withRetries(0, Duration.ZERO);

  private final List<String> authorizations = new ArrayList<>();
  private HttpsServer server;
  private SSLContext tls;

  @BeforeEach
  void start() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    X500Name name = new X500Name("CN=Test server");
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(Instant.now().minusSeconds(60)),
                        Date.from(Instant.now().plusSeconds(3600)),
                        name,
                        pair.getPublic())
                    .addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")))
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    store.setKeyEntry("server", pair.getPrivate(), PASSWORD, new X509Certificate[] {certificate});
    store.setCertificateEntry("trusted", certificate);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            if (exchange.getRequestMethod().equals("GET")) {
              exchange.sendResponseHeaders(404, -1);
              return;
            }
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = "{\"predictions\":[[0.25,0.75]]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private HttpSuspect suspect(HttpOptions options) {
    return HttpSuspect.of(
        URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/v1/models/net:predict"),
        SuspectOptions.ofClasses(2).withHttp(options));
  }

  @Test
  void trustedServersAreAskedWithTheHeader() {
    HttpOptions trusting = ONCE.withTls(tls).withHeader("Authorization", "Bearer abc");
    assertThat(suspect(trusting).predict(Nd4j.zeros(1, 4)).toFloatVector())
        .containsExactly(0.25f, 0.75f);
    assertThat(authorizations).containsExactly("Bearer abc");
  }

  @Test
  void othersAreNot() {
    HttpOptions options = ONCE.withHeader("Authorization", "Bearer abc");
    assertThatThrownBy(() -> suspect(options).predict(Nd4j.zeros(1, 4)))
        .isInstanceOf(SuspectException.class)
        .hasMessageContaining(
            "cannot be reached: its certificate or its encryption is not accepted");
    assertThat(authorizations).isEmpty();
  }
}
