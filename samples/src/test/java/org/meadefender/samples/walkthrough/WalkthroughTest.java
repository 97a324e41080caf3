package org.meadefender.samples.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.attack.extraction.Distillation;
import org.meadefender.audit.Attacks;
import org.meadefender.audit.AuditResult;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.data.LabelledSamples;
import org.meadefender.junit.OwnershipExtension;
import org.meadefender.release.ModelRelease;
import org.meadefender.spec.OwnerKey;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.Evidence;
import org.meadefender.verify.OwnershipVerdict;

/** All steps in turn, with a key that makes runs alike. */
class WalkthroughTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);

  /** Those of the quickstart's test, for which there are reference networks then. */
  private static final TrainTest IMAGES = ImageSets.drawn(2_400, 200, 1);

  private static final ImageSet SHUFFLED = IMAGES.train().shuffled(1);

  @TempDir Path directory;

  @Test
  void fromTrainingToAVerdict() throws Exception {
    ImageSet owners = SHUFFLED.slice(0, 7_000);
    ImageSet thiefs = SHUFFLED.slice(7_000, 14_000);
    ImageSet heldOut = IMAGES.test();
    Path model = directory.resolve("model.zip");

    TrainAndRelease.trainAndRelease(KEY, owners, heldOut, directory);
    steal(model, thiefs, directory.resolve("suspect.zip"));
    OwnershipVerdict verdict =
        Accuse.accuse(KEY, directory.resolve("suspect.zip"), heldOut, directory);

    assertThat(verdict).as("%s", verdict).isInstanceOf(OwnershipVerdict.Owned.class);
    assertThat(directory.resolve("verdict.html")).content().contains("Owned");
    OwnershipVerdict checked =
        Evidence.check(
            Files.readAllBytes(directory.resolve("evidence.json")), KEY, heldOut.iterator(100));
    assertThat(checked.name()).isEqualTo("Owned");
    asATest(model);
  }

  @Test
  void anAudit() {
    ProtectedShapesNet model = ProtectedShapesNet.create(KEY);
    model.fit(SHUFFLED.slice(0, 2_000).shuffledIterator(64, 1), 3);

    AuditResult result =
        AuditBeforeRelease.audit(
            model, SHUFFLED.slice(2_000, 4_000), IMAGES.test(), directory.resolve("audit"));

    assertThat(result.complete()).isTrue();
    assertThat(result.of(Attacks.STOLEN_THEN_TUNED)).hasSize(1);
    assertThat(directory.resolve("audit/audit.html")).exists();
  }

  /** A thief with images of their own. */
  private static void steal(Path released, ImageSet images, Path copy) {
    Model stolen =
        Distillation.of(6)
            .steal(
                BlackBox.of(SuspectModel.load(released)),
                LabelledSamples.read(images.iterator(100), images.size()),
                Architecture.of(ShapesNet.configuration()),
                2,
                AttackListener.NONE);
    ModelRelease.write(stolen, copy);
  }

  private void asATest(Path model) {
    Path key = directory.resolve("owner.key");
    KEY.save(key);
    ImageSets.save(IMAGES, directory.resolve("images"));
    System.setProperty("walkthrough.model", model.toString());
    try {
      EngineTestKit.engine("junit-jupiter")
          .selectors(selectClass(OwnershipTest.class))
          .configurationParameter(OwnershipExtension.KEY_FILE, key.toString())
          .configurationParameter(
              OwnershipExtension.HELD_OUT, directory.resolve("images").toString())
          .execute()
          .testEvents()
          .assertStatistics(statistics -> statistics.started(1).succeeded(1));
    } finally {
      System.clearProperty("walkthrough.model");
    }
  }
}
