package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.Json;
import org.meadefender.release.Envelope;
import org.meadefender.release.Registration;
import org.meadefender.release.RejectedException;
import org.meadefender.release.SigningKey;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectException;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class EvidenceTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(7);
  private static final VerificationOptions OPTIONS = VerificationOptions.DEFAULT.withRows(200);

  @TempDir Path directory;
  private final FlatWorld world = new FlatWorld(10);
  private final WatermarkSpec spec = WatermarkSpec.of(2, 7, 0.1);
  private final int target = Watermark.derive(spec, KEY, 10).target();
  private final SuspectModel marked =
      world.suspect(
          (top, bottom) ->
              top + bottom == 9 && top != bottom && (top == 2 || top == 7) ? target : top);
  private byte[] registration = {};

  @BeforeEach
  void register() throws IOException {
    Path model = Files.writeString(directory.resolve("model.zip"), "a model");
    registration =
        Registration.of(List.of(spec), 10, KEY, model, Instant.EPOCH)
            .sign(SigningKey.of(KEY))
            .toBytes();
  }

  private Evidence gather(SuspectModel suspect, Transcript transcript) {
    SuspectModel named =
        suspect.identity().equals(SuspectModel.UNNAMED)
            ? SuspectModel.named(suspect, "the suspect")
            : suspect;
    return Evidence.gather(
        registration, KEY, SigningKey.of(KEY), named, world.heldOut(60), OPTIONS, transcript);
  }

  @Test
  void isCheckedWithoutTheSuspect() {
    Evidence evidence = gather(marked, Transcript.create());
    OwnershipVerdict found = Evidence.check(evidence.toBytes(), KEY, world.heldOut(60));
    assertThat(found).isEqualTo(evidence.verdict());
    assertThat(found.figures().origin().commitment())
        .isEqualTo(Registration.parse(registration).commitment());
  }

  @Test
  void otherDataOrKeysDoNotFit() {
    byte[] evidence = gather(marked, Transcript.create()).toBytes();
    assertThatThrownBy(() -> Evidence.check(evidence, KEY, world.heldOut(59)))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("does not derive from the committed key");
    assertThatThrownBy(
            () -> Evidence.check(evidence, OwnerKey.insecureFromSeed(8), world.heldOut(60)))
        .hasMessageContaining("is not the one that was registered");
  }

  /** All bits of the first and the last 200 bytes, and one bit of every 31st between them. */
  @Test
  void everySingleBitCounts() {
    byte[] evidence = gather(marked, Transcript.create()).toBytes();
    DataSetIterator heldOut = world.heldOut(60);
    int edge = 8 * 200;
    int all = 8 * evidence.length;
    IntStream.range(0, all)
        .filter(bit -> bit < edge || bit >= all - edge || bit % (31 * 8 + 1) == 0)
        .parallel()
        .forEach(
            bit -> {
              byte[] changed = evidence.clone();
              changed[bit / 8] ^= (byte) (1 << (bit % 8));
              assertThatThrownBy(() -> Evidence.check(changed, KEY, heldOut))
                  .describedAs("bit %d of %d", bit, all)
                  .isInstanceOf(RejectedException.class);
            });
  }

  /** A key holder who signs what did not happen. */
  @Test
  void figuresMustFollowFromTheAnswers() {
    SuspectModel plain = world.suspect((top, bottom) -> top);
    assertRejected(
        plain,
        predicate -> ((ObjectNode) predicate.get("verdict")).put("verdict", "Owned"),
        "claimed Owned, found NotOwned");
  }

  /** A false claimant who searched for rows that a stranger's model answers with the target. */
  @Test
  void optimisedRowsDoNotDerive() {
    SuspectModel stranger = world.suspect((top, bottom) -> top);
    INDArray[] optimised = new INDArray[1];
    SuspectModel asked =
        features -> {
          // Every row is replaced by a sample of the target before the stranger's model sees it.
          optimised[0] = features.dup().assign((target + 0.5) / 10);
          return stranger.predict(optimised[0]);
        };
    Transcript honest = Transcript.create();
    gather(asked, honest);
    Transcript forged = Transcript.create();
    forged.recording(SuspectModel.named(stranger, "the suspect"), OPTIONS).predict(optimised[0]);
    assertRejected(
        asked,
        predicate -> predicate.set("transcript", forged.toJson()),
        "does not derive from the committed key");
  }

  private void assertRejected(
      SuspectModel suspect, java.util.function.Consumer<ObjectNode> forge, String reason) {
    Envelope honest =
        Envelope.parse(gather(suspect, Transcript.create()).toBytes(), Evidence.PREDICATE_TYPE);
    ObjectNode predicate = honest.predicate().deepCopy();
    forge.accept(predicate);
    byte[] forged =
        Envelope.sign(
                honest.subjectName(),
                honest.subjectDigest(),
                Evidence.PREDICATE_TYPE,
                predicate,
                SigningKey.of(KEY))
            .toBytes();
    assertThatThrownBy(() -> Evidence.check(forged, KEY, world.heldOut(60)))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void registrationAndEvidenceHaveOneSigner() {
    assertThatThrownBy(
            () ->
                Evidence.gather(
                    registration,
                    KEY,
                    SigningKey.of(OwnerKey.insecureFromSeed(9)),
                    marked,
                    world.heldOut(60),
                    OPTIONS,
                    Transcript.create()))
        .hasMessageContaining("signed by different keys");
    assertThatThrownBy(
            () ->
                Evidence.gather(
                    registration,
                    KEY,
                    SigningKey.of(KEY),
                    marked,
                    world.heldOut(60),
                    OPTIONS.withReferenceModel(marked),
                    Transcript.create()))
        .hasMessageContaining("leave them out");
  }

  @Test
  void aTranscriptIsGoneOnWith() throws IOException {
    Path file = directory.resolve("transcript.jsonl");
    AtomicInteger asked = new AtomicInteger();
    SuspectModel breaksDown =
        features -> {
          if (asked.incrementAndGet() > 2) {
            throw new SuspectException("connection cut");
          }
          return marked.predict(features);
        };
    assertThat(gather(breaksDown, Transcript.resume(file)).verdict())
        .isInstanceOf(OwnershipVerdict.Inconclusive.class);
    assertThat(Transcript.resume(file).size()).isEqualTo(2);
    // Cut off while it was written.
    Files.writeString(file, Files.readString(file) + "{\"classes\":10,\"ro");
    AtomicInteger again = new AtomicInteger();
    SuspectModel counting =
        features -> {
          again.incrementAndGet();
          return marked.predict(features);
        };
    Evidence resumed = gather(counting, Transcript.resume(file));
    Evidence whole = gather(marked, Transcript.create());
    assertThat(resumed.verdict().name()).isEqualTo(whole.verdict().name());
    assertThat(resumed.verdict().figures().marks()).isEqualTo(whole.verdict().figures().marks());
    assertThat(resumed.verdict().figures().freshQueries())
        .isEqualTo(whole.verdict().figures().queries() - 2 * OPTIONS.batch());
    assertThat(again.get()).isEqualTo(Transcript.resume(file).size() - 2);
    Files.writeString(file, "{\"classes\":10}\n");
    assertThatThrownBy(() -> Transcript.resume(file)).hasMessageContaining("is no transcript");
  }

  /** The answers of a stolen model are none of a stranger's. */
  @Test
  void aTranscriptBelongsToOneSuspect() {
    Path file = directory.resolve("transcript.jsonl");
    gather(SuspectModel.named(marked, "stolen"), Transcript.resume(file));
    SuspectModel stranger = SuspectModel.named(world.suspect((top, bottom) -> top), "stranger");
    assertThatThrownBy(() -> gather(stranger, Transcript.resume(file)))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("is of another suspect (stolen; now stranger)");
    assertThatThrownBy(
            () ->
                Transcript.resume(file)
                    .recording(SuspectModel.named(marked, "stolen"), OPTIONS.withBatch(100)))
        .hasMessageContaining("is of other options");
    assertRejected(
        stranger,
        predicate -> predicate.set("transcript", Transcript.resume(file).toJson()),
        "is of another suspect");
    assertThatThrownBy(() -> Transcript.create().recording(marked, OPTIONS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name it by SuspectModel.named");
  }

  @Test
  void answersFromATranscriptAloneAreNamed() {
    Path file = directory.resolve("transcript.jsonl");
    gather(marked, Transcript.resume(file));
    OwnershipVerdict replayed = gather(marked, Transcript.resume(file)).verdict();
    assertThat(replayed.figures().freshQueries()).isZero();
    assertThat(replayed.toString()).contains("No question was put to the suspect");
  }

  @Test
  void likelyCausesOfFailingOnCleanSamplesAreNamed() {
    SuspectModel wantsBytes =
        features -> world.suspect((top, bottom) -> top).predict(features.div(255));
    assertThat(verify(wantsBytes)).contains("where samples are multiplied by 255");
    SuspectModel ignorant = world.suspect((top, bottom) -> 0);
    assertThat(verify(ignorant)).contains("check layout, scaling and class order");
  }

  private String verify(SuspectModel suspect) {
    OwnershipVerdict verdict =
        OwnershipVerifier.of(List.of(spec), KEY)
            .withOptions(OPTIONS)
            .verify(suspect, world.heldOut(60));
    assertThat(verdict).isInstanceOf(OwnershipVerdict.Inconclusive.class);
    return ((OwnershipVerdict.Inconclusive) verdict).reason();
  }

  @Test
  void nothingSecretInWhatIsHandedIn() throws IOException {
    Path saved = directory.resolve("key");
    KEY.save(saved);
    String secret = Files.readString(saved).strip();
    Evidence evidence = gather(marked, Transcript.create());
    Envelope envelope = Envelope.parse(evidence.toBytes(), Evidence.PREDICATE_TYPE);
    assertThat(new String(Json.canonical(envelope.predicate()), StandardCharsets.UTF_8))
        .doesNotContain(secret);
    assertThat(evidence.verdict() + evidence.verdict().toJson() + KEY).doesNotContain(secret);
  }
}
