package org.meadefender.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.meadefender.release.Registration;
import org.meadefender.release.SigningKey;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.verify.FlatWorld;
import org.meadefender.verify.OwnershipVerdict;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class OwnershipExtensionTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(7);

  @TempDir Path directory;

  /** What a user writes; run by the tests below only. */
  @ExtendWith(OwnershipExtension.class)
  static class UsersTests {
    @Test
    void areGivenWhatIsConfigured(
        OwnerKey key, Registration registration, DataSetIterator heldOut, ImageSet images) {
      registration.requireKey(key);
      assertThat(heldOut.next().numExamples()).isEqualTo(images.size()).isEqualTo(3);
    }
  }

  @Test
  void givesWhatIsConfigured() throws IOException {
    Path key = directory.resolve("owner.key");
    KEY.save(key);
    Path model = Files.writeString(directory.resolve("model.zip"), "a model");
    byte[] registration =
        Registration.of(List.of(WatermarkSpec.of(0, 1, 0.1)), 3, KEY, model, Instant.EPOCH)
            .sign(SigningKey.of(KEY))
            .toBytes();
    for (String name : List.of("cat", "cow", "dog")) {
      Path folder = Files.createDirectories(directory.resolve("images").resolve(name));
      ImageIO.write(
          new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB),
          "png",
          folder.resolve("1.png").toFile());
    }
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(UsersTests.class))
        .configurationParameter(OwnershipExtension.KEY_FILE, key.toString())
        .configurationParameter(
            OwnershipExtension.REGISTRATION,
            Files.write(directory.resolve("r.json"), registration).toString())
        .configurationParameter(OwnershipExtension.HELD_OUT, directory.resolve("images").toString())
        .execute()
        .testEvents()
        .assertStatistics(statistics -> statistics.succeeded(1).failed(0));
  }

  @Test
  void saysWhatIsNotConfigured() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(UsersTests.class))
        .execute()
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                finishedWithFailure(
                    instanceOf(ParameterResolutionException.class),
                    message(text -> text.contains("meadefender.key.file is not set; set it in")))));
  }

  @Test
  void failingAssertionsShowTheVerdict() {
    FlatWorld world = new FlatWorld(10);
    WatermarkSpec spec = WatermarkSpec.of(2, 7, 0.1);
    OwnershipVerdict notOwned =
        world
            .verifier(List.of(spec), KEY)
            .verify(world.suspect((top, bottom) -> top), world.heldOut(40));
    VerdictAssertions.assertThat(notOwned).isNotOwned().hasWsrOfAtLeast(0);
    assertThatThrownBy(() -> VerdictAssertions.assertThat(notOwned).as("the copy").isOwned())
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            "[the copy]", "Expected the verdict Owned, but it is", "NOT OWNED", "the top class");
    assertThatThrownBy(() -> VerdictAssertions.assertThat(notOwned).hasWsrOfAtLeast(0.7))
        .hasMessageContaining("Expected a WSR of at least 70.0 %, but it is 0.0 %");

    int target = Watermark.derive(spec, KEY, 10).target();
    OwnershipVerdict few =
        world
            .verifier(List.of(spec), KEY)
            .verify(world.suspect((top, bottom) -> top == bottom ? top : target), world.heldOut(5));
    VerdictAssertions.assertThat(few).isInconclusive("distinct samples");
    assertThatThrownBy(() -> VerdictAssertions.assertThat(few).isInconclusive("the network"))
        .hasMessageContaining("Expected the reason to contain \"the network\"");
  }
}
