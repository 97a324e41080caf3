package org.meadefender.release;

import java.io.IOException;
import java.math.BigInteger;
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

/** Time stamps with BouncyCastle, which may be missing; {@link TimeStamps} is the way in. */
final class Rfc3161 {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_RESPONSE_BYTES = 1 << 18;
  private static final int NONCE_BITS = 64;

  private Rfc3161() {}

  static Envelope stamp(Envelope envelope, URI authority) throws IOException, InterruptedException {
    byte[] digest = Digests.sha256().digest(envelope.signature());
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    TimeStampRequest request =
        generator.generate(
            TSPAlgorithms.SHA256, digest, new BigInteger(NONCE_BITS, new SecureRandom()));
    HttpResponse<java.io.InputStream> answer =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .build()
            .send(
                HttpRequest.newBuilder(authority)
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/timestamp-query")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(request.getEncoded()))
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    byte[] body;
    try (java.io.InputStream in = answer.body()) {
      body = in.readNBytes(MAX_RESPONSE_BYTES);
    }
    if (answer.statusCode() != 200) {
      throw new IOException(authority + " answered with status " + answer.statusCode());
    }
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
