package org.meadefender.release;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.bouncycastle.cert.X509CertificateHolder;
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

  static Instant verify(Envelope envelope) {
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
      return token.getTimeStampInfo().getGenTime().toInstant();
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
}
