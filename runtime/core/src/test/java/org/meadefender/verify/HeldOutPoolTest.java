package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.internal.reference.TaskSamples;
import org.meadefender.release.NullCertificate;
import org.meadefender.release.Registration;
import org.meadefender.release.SigningKey;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;

/** The pool that a claim is committed to, and its two parts. */
class HeldOutPoolTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(7);
  private final FlatWorld world = new FlatWorld(10);
  private final List<WatermarkSpec> specs = List.of(WatermarkSpec.of(2, 7, 0.1));

  @TempDir Path directory;
  private Path model = Path.of("model.zip");

  @BeforeEach
  void register() throws Exception {
    model = Files.writeString(directory.resolve("model.zip"), "a model");
  }

  private Registration bare() {
    return Registration.of(specs, 10, KEY, model, Instant.EPOCH);
  }

  private static SingletonDataSetIterator shuffled(DataSet data) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < data.numExamples(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(3));
    List<DataSet> rows = data.asList();
    return new SingletonDataSetIterator(DataSet.merge(order.stream().map(rows::get).toList()));
  }

  @Test
  void theDigestIsOfTheSamplesAndNotOfTheirOrder() {
    String digest = OwnershipVerifier.heldOutDigest(world.heldOut(20));
    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(OwnershipVerifier.heldOutDigest(shuffled(world.heldOut(20).next())))
        .isEqualTo(digest);
    assertThat(OwnershipVerifier.heldOutDigest(world.heldOut(19))).isNotEqualTo(digest);
    DataSet changed = world.heldOut(20).next();
    changed.getFeatures().putScalar(5, 0.123);
    assertThat(OwnershipVerifier.heldOutDigest(new SingletonDataSetIterator(changed)))
        .isNotEqualTo(digest);
    DataSet relabelled = world.heldOut(20).next();
    relabelled.getLabels().putScalar(0, 0, 0);
    relabelled.getLabels().putScalar(0, 1, 1);
    assertThat(OwnershipVerifier.heldOutDigest(new SingletonDataSetIterator(relabelled)))
        .isNotEqualTo(digest);
  }

  @Test
  void nothingThatThePanelIsTrainedOnIsAskedAbout() {
    HeldOutSamples samples = collect(true);
    TaskSamples panel = samples.forPanel();
    Set<List<Float>> trained = new HashSet<>();
    panel.samples().forEach(sample -> trained.add(list(sample)));
    int asked = 0;
    for (int label = 0; label < 10; label++) {
      for (float[] sample : samples.ofClass(label)) {
        assertThat(trained).doesNotContain(list(sample));
        asked++;
      }
    }
    assertThat(asked + panel.size()).isEqualTo(1000);
    assertThat(panel.size()).isBetween(330, 470);
    assertThat(collect(false).forPanel().size()).isZero();
  }

  private static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  private HeldOutSamples collect(boolean withPanel) {
    return HeldOutSamples.collect(
        world.heldOut(100),
        classes -> new HeldOutSamples.Needed(Set.of(2, 7), Set.of(4)),
        1000,
        withPanel,
        new SplittableRandom(1));
  }

  @Test
  void aRegisteredPoolIsTheOnlyOne() {
    OwnershipVerifier honest = OwnershipVerifier.of(specs, KEY).withOptions(world.options());
    Registration certified = honest.prepare(world.heldOut(100)).certify(bare());
    assertThat(certified.heldOutDigest())
        .isEqualTo(OwnershipVerifier.heldOutDigest(world.heldOut(100)));
    NullCertificate certificate = certified.nullCertificate().orElseThrow();
    assertThat(certificate.models()).isEqualTo(8);
    assertThat(certificate.marks().get(0).mean()).isZero();
    assertThat(certificate.marks().get(0).bound()).isBetween(0.0, 0.1);
    Registration read = Registration.parse(certified.sign(SigningKey.of(KEY)).toBytes());
    assertThat(read).isEqualTo(certified);

    OwnershipVerifier verifier = OwnershipVerifier.of(read, KEY).withOptions(world.options());
    OwnershipVerdict verdict =
        verifier.verify(world.marked(specs.get(0), KEY), shuffled(world.heldOut(100).next()));
    assertThat(verdict.figures().origin().heldOutCommitted()).isTrue();
    assertThat(verdict.isOwned()).isTrue();
    assertThatThrownBy(() -> verifier.verify(world.marked(specs.get(0), KEY), world.heldOut(99)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are not the registered pool");
    assertThat(
            OwnershipVerifier.of(bare(), KEY)
                .withOptions(world.options())
                .verify(world.marked(specs.get(0), KEY), world.heldOut(99))
                .figures()
                .origin()
                .heldOutCommitted())
        .isFalse();
  }

  @Test
  void withoutAPanelNothingIsCertified() {
    VerificationOptions none = VerificationOptions.DEFAULT.withoutPanel();
    PreparedVerification prepared =
        OwnershipVerifier.of(specs, KEY).withOptions(none).prepare(world.heldOut(100));
    assertThatThrownBy(() -> prepared.certify(bare()))
        .hasMessageContaining("do not suffice for a null certificate");
    OwnershipVerdict verdict = prepared.verify(world.marked(specs.get(0), KEY));
    assertThat(verdict).isInstanceOf(OwnershipVerdict.Inconclusive.class);
    assertThat(verdict.toString())
        .contains("no reference networks were wanted", "no verdict says Owned");
  }

  @Test
  void aNaturalMarkIsRefusedAndABetterTargetNamed() {
    int target = org.meadefender.combine.Watermark.derive(specs.get(0), KEY, 10).target();
    VerificationOptions natural = VerificationOptions.DEFAULT.withoutPanel();
    for (int i = 0; i < 8; i++) {
      natural = natural.withReferenceModel(world.marked(specs.get(0), KEY));
    }
    PreparedVerification prepared =
        OwnershipVerifier.of(specs, KEY).withOptions(natural).prepare(world.heldOut(100));
    assertThatThrownBy(prepared::refuseConfusable)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the secret rows of classes 2 and 7")
        .hasMessageContaining("mean 100 %")
        .hasMessageMatching("(?s).*the target [0-9] \\(one more model may reach [0-9] %\\).*")
        .hasMessageNotContaining("the target " + target + " ");
    assertThat(
            OwnershipVerifier.of(specs, KEY)
                .withOptions(world.options())
                .prepare(world.heldOut(100))
                .refuseConfusable()
                .nullRates())
        .hasSize(1);
    assertThat(prepared.verify(world.marked(specs.get(0), KEY)).isOwned()).isFalse();
  }
}
