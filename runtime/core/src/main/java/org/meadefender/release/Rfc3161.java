package org.meadefender.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.Store;
import org.jspecify.annotations.Nullable;
import org.meadefender.internal.Digests;

/** Time stamps with BouncyCastle, which may be missing; {@link TimeStamp} is the way in. */
final class Rfc3161 {
  /** For the whole answer. */
  static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final int MAX_RESPONSE_BYTES = 1 << 18;
  private static final int NONCE_BITS = 64;
  private static final int OK = 200;

  private Rfc3161() {}

  static Envelope stamp(Envelope envelope, URI authority, Duration timeout)
      throws IOException, InterruptedException {
    byte[] digest = Digests.sha256().digest(envelope.signature());
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    TimeStampRequest request =
        generator.generate(
            TSPAlgorithms.SHA256, digest, new BigInteger(NONCE_BITS, new SecureRandom()));
    byte[] body = ask(authority, request.getEncoded(), timeout);
    try {
      TimeStampResponse response = new TimeStampResponse(body);
      response.validate(request);
      if (response.getTimeStampToken() == null) {
        throw new IOException(authority + " gave no time stamp: " + response.getStatusString());
      }
      return envelope.withTimeStamp(response.getTimeStampToken().getEncoded());
    } catch (TSPException e) {
      throw new IOException(authority + " gave no valid time stamp", e);
    }
  }

  private static byte[] ask(URI authority, byte[] request, Duration timeout)
      throws IOException, InterruptedException {
    String name = "The time-stamping authority " + authority;
    HttpRequest.Builder http;
    try {
      http = HttpRequest.newBuilder(authority);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is no http or https address", e);
    }
    CompletableFuture<byte[]> answer =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .build()
            .sendAsync(
                http.header("Content-Type", "application/timestamp-query")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream())
            .thenApply(each -> body(each, name));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          name + " did not answer within " + timeout.toSeconds() + " s; try again, or another", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof UncheckedIOException unchecked) {
        throw new IOException(unchecked.getMessage(), unchecked);
      }
      throw new IOException(
          name
              + (cause instanceof ConnectException
                  ? " cannot be reached; check its address and the network"
                  : " cannot be asked: " + reason(cause)),
          e);
    }
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null || cause.getMessage() == null ? "no reason is given" : cause.getMessage();
  }

  private static byte[] body(HttpResponse<InputStream> answer, String name) {
    try (InputStream in = answer.body()) {
      if (answer.statusCode() != OK) {
        throw new UncheckedIOException(
            name + " answered with status " + answer.statusCode(), new IOException());
      }
      return in.readNBytes(MAX_RESPONSE_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " broke its answer off", e);
    }
  }

  static TimeStamp verify(Envelope envelope, List<X509Certificate> anchors) {
    byte[] bytes =
        envelope.timeStamp().orElseThrow(() -> new RejectedException("There is no time stamp"));
    try {
      TimeStampToken token = new TimeStampToken(new CMSSignedData(bytes));
      byte[] digest = Digests.sha256().digest(envelope.signature());
      if (!java.util.Arrays.equals(digest, token.getTimeStampInfo().getMessageImprintDigest())) {
        throw new RejectedException("The time stamp is for another signature");
      }
      Store<X509CertificateHolder> certificates = token.getCertificates();
      @SuppressWarnings("unchecked") // the selector is raw in BouncyCastle's signature
      Collection<X509CertificateHolder> signers = certificates.getMatches(token.getSID());
      X509CertificateHolder signer =
          signers.stream()
              .findFirst()
              .orElseThrow(() -> new RejectedException("The time stamp lacks its certificate"));
      token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
      Instant time = token.getTimeStampInfo().getGenTime().toInstant();
      return new TimeStamp(
          time,
          signer.getSubject() + ", issued by " + signer.getIssuer(),
          isTrusted(signer, certificates, anchors, time));
    } catch (TSPException
        | CMSException
        | IOException
        | OperatorCreationException
        | java.security.cert.CertificateException
        | RuntimeException e) {
      if (e instanceof RejectedException rejected) {
        throw rejected;
      }
      throw new RejectedException("The time stamp is not valid: " + e.getMessage(), e);
    }
  }

  /** Whether a chain of the token's certificates leads from the signer to an anchor. */
  private static boolean isTrusted(
      X509CertificateHolder signer,
      Store<X509CertificateHolder> certificates,
      List<X509Certificate> anchors,
      Instant time)
      throws java.security.cert.CertificateException {
    if (anchors.isEmpty()) {
      return false;
    }
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    List<X509Certificate> all = new ArrayList<>();
    for (X509CertificateHolder each : certificates.getMatches(null)) {
      all.add(converter.getCertificate(each));
    }
    X509Certificate leaf = converter.getCertificate(signer);
    if (anchors.contains(leaf)) {
      return true;
    }
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(leaf);
    try {
      PKIXBuilderParameters parameters =
          new PKIXBuilderParameters(
              anchors.stream()
                  .map(anchor -> new TrustAnchor(anchor, null))
                  .collect(Collectors.toSet()),
              target);
      parameters.setDate(Date.from(time));
      // An authority's list of revoked certificates is not at hand off line.
      parameters.setRevocationEnabled(false);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    } catch (CertPathBuilderException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java platform cannot check certificates", e);
    }
  }
}
