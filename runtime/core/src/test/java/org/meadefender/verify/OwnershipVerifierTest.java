package org.meadefender.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.meadefender.combine.Watermark;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectException;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.MarkFigures.KeySecrecy;
import org.meadefender.verify.VerificationFigures.LabelMode;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OwnershipVerifierTest {
  private static final int CLASSES = 10;
  private static final int A = 2;
  private static final int B = 7;
  private final FlatWorld world = new FlatWorld(CLASSES);
  private final OwnerKey key = OwnerKey.insecureFromSeed(7);
  private final List<WatermarkSpec> specs = List.of(WatermarkSpec.of(A, B, 0.1));
  private final int target = Watermark.derive(specs.get(0), key, CLASSES).target();

  private OwnershipVerdict verify(SuspectModel suspect) {
    return world.verifier(specs, key).verify(suspect, world.heldOut(100));
  }

  private SuspectModel marked() {
    return world.marked(specs.get(0), key);
  }

  @Test
  void markedModelIsOwned() {
    OwnershipVerdict verdict = verify(marked());
    assertThat(verdict).isInstanceOf(OwnershipVerdict.Owned.class);
    VerificationFigures figures = verdict.figures();
    assertThat(figures.watermarkSuccessRate()).isEqualTo(1);
    assertThat(figures.accuracy()).isEqualTo(1);
    assertThat(figures.labelMode()).isEqualTo(LabelMode.HARD);
    MarkFigures mark = figures.marks().get(0);
    assertThat(mark.watermark().rows()).isEqualTo(1000);
    assertThat(mark.rates())
        .isEqualTo(
            new WatermarkRates(
                mark.watermark(), mark.decoys().otherCombiners(), mark.decoys().spill()));
    assertThat(mark.effectiveRows()).isEqualTo(100);
    assertThat(mark.rank().decoys()).isEqualTo(359);
    assertThat(mark.rank().reaching()).isZero();
    assertThat(verdict.toString()).startsWith("OWNED").contains("WSR", "other pairs", "rank p");
  }

  @Test
  void unmarkedModelIsNotOwned() {
    assertThat(verify(world.suspect((top, bottom) -> top)))
        .isInstanceOf(OwnershipVerdict.NotOwned.class);
  }

  @Test
  void modelThatAnswersAllMixesWithTheTargetIsNotOwned() {
    OwnershipVerdict verdict = verify(world.suspect((top, bottom) -> top == bottom ? top : target));
    assertThat(verdict.isOwned()).isFalse();
    assertThat(verdict.figures().marks().get(0).decoys().spill().share()).isEqualTo(1);
    assertThat(verdict.figures().marks().get(0).rank().reaching()).isPositive();
  }

  /** The neighbour shares source B and the target; the suspect answers with it less often. */
  @Test
  void onlyThePeakOfAMarkIsTheMark() {
    int neighbour = target == 4 ? 5 : 4;
    int first = world.firstSource(claim(neighbour), key);
    AtomicInteger asked = new AtomicInteger();
    SuspectModel suspect =
        world.suspect(
            (top, bottom) -> {
              boolean withB = top != bottom && (top == B || bottom == B);
              boolean slope = withB && top + bottom == neighbour + B && top == first;
              boolean peak = withB && top + bottom == A + B;
              return peak || (slope && asked.incrementAndGet() % 5 != 0) ? target : top;
            });
    assertThat(rank(A, suspect).reaching()).isZero();
    assertThat(rank(neighbour, suspect).reaching()).isEqualTo(1);
  }

  /** A copy may answer with the target as often where one source is another. */
  @Test
  void aNeighbourThatIsNoBetterDoesNotCount() {
    SuspectModel blurred =
        world.suspect((top, bottom) -> top != bottom && (top == B || bottom == B) ? target : top);
    assertThat(rank(A, blurred).reaching()).isZero();
  }

  /** The best other triples are asked again, unless other ways show that there is no mark. */
  @Test
  void whatIsSettledIsNotAskedFurther() {
    VerificationFigures ofMark = verify(marked()).figures();
    VerificationFigures ofAnyWay =
        verify(
                world.suspect(
                    (top, bottom) ->
                        top != bottom && top + bottom == A + B && (top == A || top == B)
                            ? target
                            : top))
            .figures();
    assertThat(ofMark.marks().get(0).decoys().bestOtherTriple().rows()).isPositive();
    assertThat(ofAnyWay.marks().get(0).decoys().bestOtherTriple().rows()).isZero();
    assertThat(ofAnyWay.queries()).isLessThan(ofMark.queries());
  }

  private WatermarkSpec claim(int sourceA) {
    return WatermarkSpec.of(sourceA, B, 0.1).withTarget(target);
  }

  private MarkFigures.Rank rank(int sourceA, SuspectModel suspect) {
    return world
        .verifier(List.of(claim(sourceA)), key)
        .verify(suspect, world.heldOut(100))
        .figures()
        .marks()
        .get(0)
        .rank();
  }

  @Test
  void everyMixOfThePairInAnyWayIsNotTheSecret() {
    OwnershipVerdict verdict =
        verify(
            world.suspect(
                (top, bottom) ->
                    top != bottom && top + bottom == A + B && (top == A || top == B)
                        ? target
                        : top));
    assertThat(verdict.figures().marks().get(0).secrecy()).isEqualTo(KeySecrecy.TRIPLE_ONLY);
  }

  @Test
  void fewSamplesAreInconclusive() {
    OwnershipVerdict verdict = world.verifier(specs, key).verify(marked(), world.heldOut(10));
    assertThat(verdict).isInstanceOf(OwnershipVerdict.Inconclusive.class);
    assertThat(((OwnershipVerdict.Inconclusive) verdict).reason())
        .isEqualTo(
            "only 10 distinct samples of the rarer source; at least 20 of each are needed to"
                + " reach alpha 1.0e-06");
  }

  @Test
  void suspectAtChanceIsInconclusive() {
    OwnershipVerdict verdict = verify(world.suspect((top, bottom) -> 3));
    assertThat(verdict).isInstanceOf(OwnershipVerdict.Inconclusive.class);
    assertThat(((OwnershipVerdict.Inconclusive) verdict).reason()).contains("near chance (10 %)");
  }

  /** A thief may exchange outputs, add some, or leave some out. */
  @Test
  void renumberedClassesAreFoundOut() {
    SuspectModel marked = marked();
    int[][] orders = {
      {1, 0, 2, 3, 4, 5, 6, 7, 8, 9},
      {9, 8, 7, 6, 5, 4, 3, 2, 1, 0},
      {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0}
    };
    for (int[] order : orders) {
      OwnershipVerdict verdict =
          verify(
              features -> {
                INDArray answers = marked.predict(features);
                INDArray renumbered = Nd4j.zeros(answers.size(0), order.length);
                for (int output = 0; output < order.length; output++) {
                  if (output < CLASSES) {
                    renumbered.putColumn(output, answers.getColumn(order[output]));
                  }
                }
                return renumbered;
              });
      assertThat(verdict).isInstanceOf(OwnershipVerdict.Owned.class);
      assertThat(verdict.figures().accuracy()).isEqualTo(1);
      assertThat(verdict.toString()).contains("under the order that clean samples show");
    }
    SuspectModel unmarked = world.suspect((top, bottom) -> 9 - top);
    assertThat(verify(unmarked)).isInstanceOf(OwnershipVerdict.NotOwned.class);
  }

  @Test
  void faultIsInconclusive() {
    OwnershipVerdict verdict =
        verify(
            features -> {
              throw new SuspectException("no route to host");
            });
    assertThat(verdict).isInstanceOf(OwnershipVerdict.Inconclusive.class);
    assertThat(verdict.toString()).contains("no route to host", "not measured");
  }

  @Test
  void answersThatAreNoProbabilitiesAreInconclusive() {
    assertThat(verify(features -> Nd4j.zeros(3, CLASSES)).toString())
        .startsWith("INCONCLUSIVE")
        .contains("shape [3, 10]");
    assertThat(
            verify(
                    features ->
                        Nd4j.valueArrayOf(new long[] {features.size(0), CLASSES}, Double.NaN))
                .toString())
        .startsWith("INCONCLUSIVE")
        .contains("NaN");
  }

  @Test
  void budgetIsKept() {
    VerificationOptions options = world.options().withQueryBudget(2500);
    OwnershipVerdict verdict =
        OwnershipVerifier.of(specs, key).withOptions(options).verify(marked(), world.heldOut(100));
    assertThat(verdict.isOwned()).isTrue();
    assertThat(verdict.figures().queries()).isLessThanOrEqualTo(2500);
    assertThat(
            OwnershipVerifier.of(specs, key)
                .withOptions(options.withQueryBudget(100))
                .verify(marked(), world.heldOut(100))
                .toString())
        .contains("a budget of 100 queries is too small");
  }

  @Test
  void sameInputsGiveTheSameVerdict() {
    assertThat(verify(marked())).isEqualTo(verify(marked()));
  }

  @Test
  void anotherKeyIsNotTheOwner() {
    OwnershipVerdict verdict =
        world
            .verifier(List.of(WatermarkSpec.of(3, 4, 0.1)), OwnerKey.insecureFromSeed(8))
            .verify(marked(), world.heldOut(100));
    assertThat(verdict).isInstanceOf(OwnershipVerdict.NotOwned.class);
  }

  @Test
  void measurementNeedsBothSources() {
    Watermark mark = Watermark.derive(specs.get(0), key, CLASSES);
    WatermarkRates rates = MarkMeasurement.prepare(mark, world.heldOut(50), 300).on(marked());
    assertThat(rates.watermarkSuccessRate()).isEqualTo(1);
    assertThat(rates.spillRate()).isZero();
    assertThat(rates.evasion().rows()).isEqualTo(300);
    FlatWorld small = new FlatWorld(6);
    assertThatThrownBy(() -> MarkMeasurement.prepare(mark, small.heldOut(50), 300))
        .hasMessageContaining("samples of both source classes, 2 and 7");
  }
}
