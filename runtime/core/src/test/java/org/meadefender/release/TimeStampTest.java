package org.meadefender.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.internal.Digests;
import org.meadefender.internal.Json;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;

/** Against a time-stamping authority on loopback. */
class TimeStampTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String POLICY = "1.2.3.4.1";

  private final Envelope envelope = envelope("model.zip");
  @TempDir Path directory;
  private X509Certificate root;
  private HttpServer server;
  private boolean broken;

  private static Envelope envelope(String name) {
    return Envelope.sign(
        name,
        Digests.of(new byte[0]),
        "https://example.com/statement",
        Json.object(),
        SigningKey.of(OwnerKey.insecureFromSeed(1)));
  }

  @BeforeEach
  void start() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    KeyPair rootPair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    root = root(rootPair, "CN=Test root");
    X509CertificateHolder certificate =
        builder("CN=Test root", "CN=Test authority", pair)
            .addExtension(
                Extension.extendedKeyUsage,
                true,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping))
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(rootPair.getPrivate()));
    TimeStampTokenGenerator tokens =
        new TimeStampTokenGenerator(
            new JcaSimpleSignerInfoGeneratorBuilder()
                .build("SHA256withRSA", pair.getPrivate(), certificate),
            new JcaDigestCalculatorProviderBuilder()
                .build()
                .get(
                    new org.bouncycastle.asn1.x509.AlgorithmIdentifier(
                        new ASN1ObjectIdentifier("2.16.840.1.101.3.4.2.1"))),
            new ASN1ObjectIdentifier(POLICY));
    tokens.addCertificates(new JcaCertStore(List.of(certificate)));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] answer = stamp(tokens, exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(broken ? 500 : 200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
  }

  private static JcaX509v3CertificateBuilder builder(String issuer, String subject, KeyPair pair) {
    return new JcaX509v3CertificateBuilder(
        new X500Name(issuer),
        BigInteger.ONE,
        Date.from(NOW.minusSeconds(3600)),
        Date.from(NOW.plusSeconds(3600)),
        new X500Name(subject),
        pair.getPublic());
  }

  private static X509Certificate root(KeyPair pair, String name) throws Exception {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder(name, name, pair)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
  }

  private static byte[] stamp(TimeStampTokenGenerator tokens, byte[] request) throws IOException {
    try {
      return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
          .generate(new TimeStampRequest(request), BigInteger.TEN, Date.from(NOW))
          .getEncoded();
    } catch (org.bouncycastle.tsp.TSPException e) {
      throw new IOException(e);
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI authority() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Test
  void provesTheTimeOfASignature() throws Exception {
    Envelope stamped = TimeStamp.stamp(envelope, authority());
    assertThat(TimeStamp.verify(Envelope.parse(stamped.toBytes()), List.of()).time())
        .isEqualTo(NOW);
    assertThat(stamped.signature()).isEqualTo(envelope.signature());
  }

  /** Anybody can issue a certificate to himself. */
  @Test
  void aStampIsWorthWhatItsIssuerIs() throws Exception {
    Envelope stamped = TimeStamp.stamp(envelope, authority());
    TimeStamp claimed = TimeStamp.verify(stamped, List.of());
    assertThat(claimed.trusted()).isFalse();
    assertThat(claimed.toString())
        .contains("CN=Test authority, issued by CN=Test root", "not trusted");
    KeyPair stranger = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    assertThat(TimeStamp.verify(stamped, List.of(root(stranger, "CN=Test root"))).trusted())
        .isFalse();
    assertThat(TimeStamp.verify(stamped, List.of(root)).trusted()).isTrue();
    Path pem = Files.write(directory.resolve("root.der"), root.getEncoded());
    assertThat(TimeStamp.anchors(pem)).containsExactly(root);
    Path none = Files.writeString(directory.resolve("none.pem"), "no certificate");
    assertThatThrownBy(() -> TimeStamp.anchors(none)).hasMessageContaining("no X.509");
  }

  @Test
  void aRegistrationWithABrokenStampIsRejected() throws Exception {
    Path model = Files.writeString(directory.resolve("model.zip"), "a model");
    OwnerKey key = OwnerKey.insecureFromSeed(1);
    Envelope registration =
        Registration.of(List.of(WatermarkSpec.of(0, 1, 0.1)), 10, key, model, NOW)
            .sign(SigningKey.of(key));
    Envelope stamped = TimeStamp.stamp(registration, authority());
    assertThat(Registration.parse(stamped.toBytes()).created()).isEqualTo(NOW);
    byte[] token = TimeStamp.stamp(envelope, authority()).timeStamp().orElseThrow();
    assertThatThrownBy(() -> Registration.parse(registration.withTimeStamp(token).toBytes()))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("for another signature");
  }

  @Test
  void stampsOfOtherSignaturesAndChangedOnesAreRejected() throws Exception {
    byte[] token = TimeStamp.stamp(envelope, authority()).timeStamp().orElseThrow();
    Envelope other = envelope("other.zip").withTimeStamp(token);
    assertThatThrownBy(() -> TimeStamp.verify(other, List.of()))
        .isInstanceOf(RejectedException.class)
        .hasMessage("The time stamp is for another signature");
    assertThatThrownBy(() -> TimeStamp.verify(envelope, List.of()))
        .hasMessage("There is no time stamp");
  }

  /** A stamp has parts that its own signature does not cover. One bit of every byte, in turn. */
  @Test
  void everyByteOfAStampedFileCounts() throws Exception {
    byte[] file = TimeStamp.stamp(envelope, authority()).toBytes();
    IntStream.range(0, file.length)
        .map(i -> 8 * i + i % 8)
        .parallel()
        .forEach(
            bit -> {
              byte[] changed = file.clone();
              changed[bit / 8] ^= (byte) (1 << (bit % 8));
              assertThatThrownBy(
                      () -> TimeStamp.verifyIfPresent(Envelope.parse(changed), List.of()))
                  .as("bit %d", bit)
                  .isInstanceOf(RejectedException.class);
            });
  }

  /** As earlier versions wrote them. */
  @Test
  void stampsWithoutADigestStayReadable() throws Exception {
    Envelope stamped = TimeStamp.stamp(envelope, authority());
    String file = new String(stamped.toBytes(), java.nio.charset.StandardCharsets.UTF_8);
    String old = file.replaceFirst(",\"timeStampSha256\":\"[0-9a-f]{64}\"", "");
    assertThat(old).isNotEqualTo(file);
    Envelope read = Envelope.parse(old.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(TimeStamp.verify(read, List.of()).time()).isEqualTo(NOW);
  }

  @Test
  void authoritiesThatFailAreNamed() {
    broken = true;
    assertThatThrownBy(() -> TimeStamp.stamp(envelope, authority()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("answered with status 500");
    server.stop(0);
    assertThatThrownBy(() -> TimeStamp.stamp(envelope, authority()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "The time-stamping authority "
                + authority()
                + " cannot be reached; check its address and the network");
    assertThatThrownBy(() -> TimeStamp.stamp(envelope, URI.create("timestamp.example.com")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("timestamp.example.com is no http or https address");
  }

  /** After the headers, too. */
  @Test
  void anAuthorityThatStallsDoesNotHangTheOwner() throws Exception {
    java.util.concurrent.CountDownLatch end = new java.util.concurrent.CountDownLatch(1);
    server.createContext(
        "/stalls",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertThatThrownBy(
            () ->
                Rfc3161.stamp(
                    envelope, authority().resolve("/stalls"), java.time.Duration.ofMillis(500)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("did not answer within");
    end.countDown();
  }
}
