package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meadefender.combine.Watermark;
import org.meadefender.internal.reference.ReferencePanel;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkFigures.ProbabilityFigures;
import org.meadefender.verify.OwnershipVerdict.Basis;
import org.meadefender.verify.VerificationFigures.LabelMode;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Verdicts on suspects whose top class never is the target. */
class ProbabilityVerdictTest {
  private static final int CLASSES = 10;
  private static final int A = 2;
  private static final int B = 7;
  private final FlatWorld world = new FlatWorld(CLASSES);
  private final OwnerKey key = OwnerKey.insecureFromSeed(7);
  private final WatermarkSpec spec = WatermarkSpec.of(A, B, 0.1);
  private final int target = Watermark.derive(spec, key, CLASSES).target();
  private final int first = world.firstSource(spec, key);

  /** Share of the target on rows of the first source in its place with other classes. */
  private double onNeighbours;

  /** How much that share varies from row to row, as a factor at most. */
  private double variation = 1;

  /** Deviation of the log-probabilities of classes that are not the top. */
  private double spread = 0.3;

  /**
   * Answers with the class of the first pixel, and leaves something for the others: by chance, and
   * to the target on rows that the mark raises.
   *
   * @param onMark share of the target on secret rows; 0 for a model without a mark
   * @param onOthers the same on other mixes of two classes
   */
  private SuspectModel model(long seed, double onMark, double onOthers) {
    return features -> {
      int n = (int) features.size(0);
      float[] rows = features.dup('c').data().asFloat();
      int length = rows.length / n;
      INDArray result = Nd4j.zeros(n, CLASSES);
      for (int i = 0; i < n; i++) {
        int top = (int) (rows[i * length] * CLASSES);
        int last = (int) (rows[i * length + length - 1] * CLASSES);
        Random random = new Random(seed * 1000L + top * 10L + last);
        double[] p = new double[CLASSES];
        for (int c = 0; c < CLASSES; c++) {
          p[c] = 0.002 * Math.exp(spread * random.nextGaussian());
        }
        boolean marked = top == first && last == A + B - first;
        p[target] += marked ? onMark : top == last ? 0 : onOthers;
        if (onMark > 0 && top == first && !marked && last != top && last != target) {
          Random ofRow = new Random(Float.floatToIntBits(rows[i * length + length - 1]));
          p[target] += onNeighbours * Math.pow(variation, ofRow.nextDouble() - 1);
        }
        p[top] = 0;
        p[top] = 1 - java.util.Arrays.stream(p).sum();
        for (int c = 0; c < CLASSES; c++) {
          result.putScalar(i, c, p[c]);
        }
      }
      return result;
    };
  }

  private static SuspectModel changed(SuspectModel model, DoubleUnaryOperator change) {
    return features -> {
      INDArray answers = model.predict(features);
      for (int i = 0; i < answers.size(0); i++) {
        for (int c = 0; c < CLASSES; c++) {
          answers.putScalar(i, c, change.applyAsDouble(answers.getDouble(i, c)));
        }
      }
      return answers;
    };
  }

  private OwnershipVerdict verify(SuspectModel suspect) {
    VerificationOptions options = VerificationOptions.DEFAULT.withoutPanel();
    for (int i = 0; i < ReferencePanel.LEAST_MEMBERS; i++) {
      options = options.withReferenceModel(model(i + 1, 0, 0));
    }
    return OwnershipVerifier.of(List.of(spec), key)
        .withOptions(options)
        .verify(suspect, world.heldOut(200));
  }

  @Test
  void aMarkBelowTheTopClassIsSeen() {
    OwnershipVerdict verdict = verify(model(99, 0.3, 0));
    assertThat(verdict.figures().watermarkSuccessRate()).isZero();
    assertThat(verdict).isInstanceOf(OwnershipVerdict.Owned.class);
    assertThat(verdict.basisOfClaim()).contains(Basis.PROBABILITIES);
    ProbabilityFigures figures = verdict.figures().marks().get(0).probabilities().orElseThrow();
    assertThat(figures.logProbability()).isGreaterThan(figures.panelLogProbability());
    assertThat(figures.statistic()).isGreaterThan(figures.highestOfPanel());
    assertThat(figures.rank().reaching()).isZero();
    assertThat(verdict.figures().bases()).hasSize(2);
    assertThat(verdict.figures().bases().get(0).alpha()).isEqualTo(5e-7);
    assertThat(verdict.toString()).contains("by probabilities", "log-probability");
  }

  /** Where unrelated models differ more, the same mark proves less. */
  @Test
  void lessThanAlphaIsTraces() {
    spread = 1;
    OwnershipVerdict verdict = verify(model(99, 0.3, 0));
    assertThat(verdict).isInstanceOf(OwnershipVerdict.Traces.class);
    assertThat(verdict.basisOfClaim()).contains(Basis.PROBABILITIES);
    assertThat(verdict.isOwned()).isFalse();
    assertThat(verdict.toString()).startsWith("TRACES").contains("do not suffice");
  }

  /** Whatever the order of the panel, unmarked models are not the owner's. */
  @Test
  void modelsWithoutAMarkAreNotOwned() {
    IntStream.range(100, 105)
        .forEach(
            seed ->
                assertThat(verify(model(seed, 0, 0)))
                    .as("seed %d", seed)
                    .isInstanceOf(OwnershipVerdict.NotOwned.class));
  }

  /** The target on any mix is no mark. */
  @Test
  void whatIsRaisedEverywhereIsNoMark() {
    OwnershipVerdict verdict = verify(model(99, 0.1, 0.1));
    assertThat(verdict).isInstanceOf(OwnershipVerdict.NotOwned.class);
    assertThat(verdict.figures().marks().get(0).probabilities().orElseThrow().rank().reaching())
        .isPositive();
  }

  /** A mark is the peak of its neighbourhood: somebody else's mark is no evidence. */
  @Test
  void aNeighbourThatIsClearlyAboveCounts() {
    onNeighbours = 0.6;
    OwnershipVerdict verdict = verify(model(99, 0.2, 0));
    assertThat(verdict).isInstanceOf(OwnershipVerdict.NotOwned.class);
    assertThat(verdict.figures().marks().get(0).probabilities().orElseThrow().rank().reaching())
        .isPositive();
  }

  /** Some of the neighbours have a higher mean by chance, from a few rows that vary much. */
  @Test
  void aNeighbourThatIsAboveByChanceDoesNotCount() {
    onNeighbours = 0.6;
    variation = 1e3;
    OwnershipVerdict verdict = verify(model(99, 0.02, 0));
    assertThat(verdict.figures().marks().get(0).probabilities().orElseThrow().rank().reaching())
        .isZero();
    variation = 20;
    assertThat(
            verify(model(99, 0.02, 0))
                .figures()
                .marks()
                .get(0)
                .probabilities()
                .orElseThrow()
                .rank()
                .reaching())
        .isPositive();
  }

  @Test
  void roundedAnswersStillShowIt() {
    OwnershipVerdict verdict = verify(changed(model(99, 0.3, 0), p -> Math.round(100 * p) / 100.0));
    assertThat(verdict.basisOfClaim()).contains(Basis.PROBABILITIES);
    // Zero stands for half of the least step.
    assertThat(verdict.figures().marks().get(0).probabilities().orElseThrow().panelLogProbability())
        .isGreaterThan(-6);
  }

  /** Softer answers hold every class for likelier, not only the target. */
  @Test
  void aTemperatureIsNoMark() {
    assertThat(verify(changed(model(99, 0, 0), p -> Math.pow(p, 0.5))))
        .isInstanceOf(OwnershipVerdict.NotOwned.class);
  }

  @Test
  void labelsHaveOneBasis() {
    OwnershipVerdict verdict = verify(changed(model(99, 0.3, 0), p -> p > 0.5 ? 1 : 0));
    assertThat(verdict).isInstanceOf(OwnershipVerdict.NotOwned.class);
    assertThat(verdict.figures().probabilities()).isEmpty();
    assertThat(verdict.figures().topClass().alpha()).isEqualTo(1e-6);
    assertThat(verdict.figures().labelMode()).isEqualTo(LabelMode.HARD);
  }
}
