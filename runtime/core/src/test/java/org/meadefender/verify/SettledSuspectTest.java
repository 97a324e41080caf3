package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.release.Registration;
import org.meadefender.release.SigningKey;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A suspect that may be asked in several ways is asked in the one that answers samples rightly. */
class SettledSuspectTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(7);
  private static final WatermarkSpec SPEC = WatermarkSpec.of(2, 7, 0.1).withTarget(4);
  private static final FlatWorld WORLD = new FlatWorld(10);

  /** Takes bytes, unless it has settled for numbers from 0 to 1, as the held-out data are. */
  private static final class TakesBytes implements SuspectModel {
    private final SuspectModel marked = WORLD.marked(SPEC, KEY);

    @Override
    public INDArray predict(INDArray features) {
      return marked.predict(features.div(255));
    }

    @Override
    public List<String> notes() {
      return List.of("asked in bytes");
    }

    @Override
    public SuspectModel settled(ToDoubleFunction<SuspectModel> accuracy) {
      SuspectModel other =
          new SuspectModel() {
            @Override
            public INDArray predict(INDArray features) {
              return marked.predict(features);
            }

            @Override
            public List<String> notes() {
              return List.of("asked in numbers");
            }
          };
      return accuracy.applyAsDouble(other) > accuracy.applyAsDouble(this) ? other : this;
    }
  }

  @Test
  void theVerdictIsOfTheWayThatAnswersRightlyAndSaysWhich() {
    OwnershipVerdict verdict =
        WORLD.verifier(List.of(SPEC), KEY).verify(new TakesBytes(), WORLD.heldOut(60));
    assertThat(verdict.isOwned()).isTrue();
    assertThat(verdict.figures().notes()).contains("asked in numbers");
    assertThat(verdict.toJson()).contains("asked in numbers");
  }

  @Test
  void soIsEvidenceAndItsCheckAgrees(@TempDir Path directory) throws Exception {
    Path model = Files.writeString(directory.resolve("model.zip"), "a model");
    byte[] registration =
        Registration.of(List.of(SPEC), 10, KEY, model, Instant.EPOCH)
            .sign(SigningKey.of(KEY))
            .toBytes();
    Evidence evidence =
        Evidence.gather(
            registration,
            KEY,
            SigningKey.of(KEY),
            SuspectModel.named(new TakesBytes(), "bytes"),
            WORLD.heldOut(60),
            VerificationOptions.DEFAULT,
            Transcript.create());
    assertThat(evidence.verdict().figures().accuracy()).isEqualTo(1);
    assertThat(evidence.verdict().figures().origin().suspect()).isEqualTo("bytes");
    assertThat(evidence.verdict().figures().notes()).contains("asked in numbers");
    assertThat(Evidence.check(evidence.toBytes(), KEY, WORLD.heldOut(60)).figures().marks())
        .isEqualTo(evidence.verdict().figures().marks());
  }
}
