package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meadefender.combine.Watermark;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Verdicts beside reference models. */
class PanelVerdictTest {
  private static final int CLASSES = 10;
  private static final int A = 2;
  private static final int B = 7;
  private final FlatWorld world = new FlatWorld(CLASSES);
  private final OwnerKey key = OwnerKey.insecureFromSeed(7);
  private final List<WatermarkSpec> specs = List.of(WatermarkSpec.of(A, B, 0.1));
  private final int target = Watermark.derive(specs.get(0), key, CLASSES).target();

  private SuspectModel marked() {
    return world.marked(specs.get(0), key);
  }

  private SuspectModel plain() {
    return world.suspect((top, bottom) -> top);
  }

  @Test
  void independentModelsRaiseTheNullRate() {
    OwnershipVerdict verdict =
        OwnershipVerifier.of(specs, key)
            .withOptions(world.options().withReferenceModel(marked()))
            .verify(marked(), world.heldOut(100));
    assertThat(verdict.isOwned()).isFalse();
    assertThat(verdict.figures().marks().get(0).panel().highest().share()).isEqualTo(1);
    assertThat(verdict.figures().marks().get(0).panel().bound()).isGreaterThan(0.99);
  }

  /** Two classes that any model takes for a third say nothing about a mark. */
  @Test
  void whatIsNaturalDoesNotStandAgainstAMark() {
    SuspectModel blurred = blurred(10, nature());
    OwnershipVerdict alone = world.verifier(specs, key).verify(blurred, world.heldOut(100));
    assertThat(alone.figures().marks().get(0).rank().reaching()).isPositive();
    assertThat(alone.isOwned()).isFalse();
    OwnershipVerdict beside = beside(world.suspect(nature()), blurred, 100);
    assertThat(beside.figures().marks().get(0).rank().reaching()).isZero();
    assertThat(beside.isOwned()).isTrue();
    assertThat(beside.toString()).contains("9 reference models");
  }

  /** A peculiarity of the suspect that other models lack may be another's mark. */
  @Test
  void whatOtherModelsLackCountsAsBefore() {
    OwnershipVerdict beside = beside(plain(), blurred(10, nature()), 100);
    assertThat(beside.figures().marks().get(0).rank().reaching()).isPositive();
    assertThat(beside.isOwned()).isFalse();
  }

  /** Another way that does better shows that the mark is somebody else's. */
  @Test
  void aBetterWayStandsAgainstAMark() {
    SuspectModel blurred = blurred(5, (top, bottom) -> top);
    // An even merge of A and B is of the level between class 4 and 5.
    SuspectModel suspect =
        features -> {
          INDArray answers = blurred.predict(features);
          for (int i = 0; i < answers.size(0); i++) {
            double level = features.slice(i).meanNumber().doubleValue();
            boolean even = features.slice(i).stdNumber().doubleValue() < 0.02;
            if (even && Math.abs(level - 0.5) < 0.02) {
              answers.getRow(i).assign(0).putScalar(target, 1);
            }
          }
          return answers;
        };
    assertThat(beside(plain(), blurred, 1000).isOwned()).isTrue();
    OwnershipVerdict beside = beside(plain(), suspect, 1000);
    assertThat(beside.figures().marks().get(0).rank().reaching()).isPositive();
    assertThat(beside.isOwned()).isFalse();
  }

  /** The peak is asked about in the slope's order, whatever the key: source B keeps its part. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void thePeakOfASlopeIsFoundInItsOnlyOrder(long seed) {
    OwnerKey claimant = OwnerKey.insecureFromSeed(seed);
    int neighbour = target == 4 ? 5 : 4;
    WatermarkSpec claim = WatermarkSpec.of(neighbour, B, 0.1).withTarget(target);
    int first = world.firstSource(claim, claimant);
    int firstOfPeak = first == neighbour ? A : B;
    AtomicInteger asked = new AtomicInteger();
    SuspectModel suspect =
        world.suspect(
            (top, bottom) -> {
              boolean withB = top != bottom && (top == B || bottom == B);
              boolean slope = withB && top + bottom == neighbour + B && top == first;
              boolean peak = withB && top + bottom == A + B && top == firstOfPeak;
              return peak || (slope && asked.incrementAndGet() % 5 != 0) ? target : top;
            });
    OwnershipVerdict verdict =
        OwnershipVerifier.of(List.of(claim), claimant)
            .withOptions(world.options().withReferenceModel(plain()))
            .verify(suspect, world.heldOut(1000));
    assertThat(verdict.figures().marks().get(0).rank().reaching()).isPositive();
    assertThat(verdict.isOwned()).isFalse();
  }

  /** A fault is put down to the model that has it. */
  @Test
  void aModelThatCannotBeQuestionedIsNamed() {
    SuspectModel faulty = features -> Nd4j.zeros(features.size(0), CLASSES + 1);
    OwnershipVerdict.Inconclusive verdict =
        (OwnershipVerdict.Inconclusive)
            OwnershipVerifier.of(specs, key)
                .withOptions(world.options().withReferenceModel(plain()).withReferenceModel(faulty))
                .verify(marked(), world.heldOut(100));
    assertThat(verdict.reason())
        .startsWith("reference model 10 could not be questioned: it answered")
        .contains("expected [", ", 10]");
  }

  private OwnershipVerdict beside(SuspectModel independent, SuspectModel suspect, int perClass) {
    return OwnershipVerifier.of(specs, key)
        .withOptions(world.options().withReferenceModel(independent))
        .verify(suspect, world.heldOut(perClass));
  }

  /** The mark is missed once in so many times; the rest is answered as given. */
  private SuspectModel blurred(int missed, IntBinaryOperator rest) {
    int first = world.firstSource(specs.get(0), key);
    AtomicInteger asked = new AtomicInteger();
    return world.suspect(
        (top, bottom) -> {
          boolean marked = top == first && top != bottom && top + bottom == A + B;
          return marked && asked.incrementAndGet() % missed != 0
              ? target
              : rest.applyAsInt(top, bottom);
        });
  }

  /** Takes a mix of two classes, neither of which is the mark's, for a third. */
  private IntBinaryOperator nature() {
    int[] others =
        IntStream.range(0, CLASSES).filter(c -> !List.of(A, B, target).contains(c)).toArray();
    return (top, bottom) ->
        top != bottom
                && top + bottom == others[0] + others[1]
                && (top == others[0] || top == others[1])
            ? others[2]
            : top;
  }
}
