package org.meadefender.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.release.Registration;
import org.meadefender.release.TimeStamp;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.verify.FlatWorld;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerdict.Basis;

class VerdictPageTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:34:56Z");
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(7);
  private static final WatermarkSpec MARK = WatermarkSpec.of(4, 5, 0.1).withTarget(8);
  private static final FlatWorld WORLD = new FlatWorld(10);
  private static final List<String> NAMES =
      IntStream.range(0, 10).mapToObj(i -> i == 4 ? "<coat & hat>" : "thing-" + i).toList();

  private static final OwnershipVerdict OWNED =
      WORLD.verifier(List.of(MARK), KEY).verify(WORLD.marked(MARK, KEY), WORLD.heldOut(60));

  @TempDir Path directory;

  private static VerdictFacts facts() {
    return VerdictFacts.NONE.withWritten(NOW).withSuspectName("suspect.zip").withClassNames(NAMES);
  }

  private Registration registration() throws java.io.IOException {
    Path model = Files.writeString(directory.resolve("model.zip"), "a model");
    return Registration.of(List.of(MARK), 10, KEY, model, NOW.minusSeconds(3600));
  }

  @Test
  void theVerdictHasItsColourAndItsWords() {
    var figures = OWNED.figures();
    assertThat(OWNED).isInstanceOf(OwnershipVerdict.Owned.class);
    assertThat(VerdictPage.html(OWNED, facts()))
        .contains("<div class=\"verdict owned\"><strong>Owned</strong>The suspect carries");
    assertThat(
            VerdictPage.html(
                new OwnershipVerdict.Traces(figures, Basis.PROBABILITIES), VerdictFacts.NONE))
        .contains("<div class=\"verdict traces\"><strong>Traces</strong>", "by probabilities")
        .contains("no ground for an accusation");
    assertThat(VerdictPage.html(new OwnershipVerdict.NotOwned(figures), VerdictFacts.NONE))
        .contains("<div class=\"verdict notowned\"><strong>Not owned</strong>");
    assertThat(
            VerdictPage.html(
                new OwnershipVerdict.Inconclusive(figures, "it is <odd>"), VerdictFacts.NONE))
        .contains("<div class=\"verdict inconclusive\"><strong>Inconclusive</strong>")
        .contains("it is &lt;odd&gt;");
  }

  @Test
  void dateFileAndClassNamesAreShown() {
    String page = VerdictPage.html(OWNED, facts());
    assertThat(page)
        .contains("2026-11-28 12:34 UTC", "suspect.zip")
        .contains("Mark 1: &lt;coat &amp; hat&gt; (class 4) and thing-5 (class 5)");
    assertThat(VerdictPage.html(OWNED, VerdictFacts.NONE))
        .contains("Mark 1: class 4 and class 5")
        .doesNotContain("UTC");
  }

  /** The target is a part of the secret. */
  @Test
  void theTargetIsShownByChoiceOnly() {
    assertThat(VerdictPage.html(OWNED, facts()))
        .contains("Target: not shown on this page")
        .doesNotContain("thing-8", "class 8");
    assertThat(VerdictPage.html(OWNED, facts().withTargets(List.of(8))))
        .contains("Target: thing-8 (class 8).");
  }

  @Test
  void registrationAndTimeStampSayWhatTheyAreWorth() throws java.io.IOException {
    assertThat(VerdictPage.html(OWNED, facts())).contains("nothing shows that classes and key");
    Registration registered = registration();
    String unstamped =
        VerdictPage.html(OWNED, facts().withRegistration(registered, Optional.empty()));
    assertThat(unstamped)
        .contains(registered.commitment(), "model.zip, sha256:", "2026-11-28 11:34 UTC")
        .contains("owner's own claim", "whoever chose them may have known the suspect");
    for (boolean trusted : new boolean[] {true, false}) {
      String stamped =
          VerdictPage.html(
              OWNED,
              facts()
                  .withRegistration(
                      registered, Optional.of(new TimeStamp(NOW, "CN=Authority", trusted))));
      assertThat(stamped)
          .contains("2026-11-28 12:34 UTC, by CN=Authority")
          .contains(trusted ? "It is trusted:" : "It is not trusted:");
    }
  }

  @Test
  void everyTestHasASentence() {
    String page = VerdictPage.html(OWNED, VerdictFacts.NONE);
    long tests = 3L * OWNED.figures().bases().size();
    assertThat(page.split(" class=\"(yes|no)\">", -1)).hasSize((int) tests + 1);
    assertThat(page.split("<td>(The chance|The share)", -1)).hasSize((int) tests + 1);
  }

  @Test
  void nothingIsOverclaimedAndNothingIsFetched() {
    String page = VerdictPage.html(OWNED, facts());
    assertThat(page)
        .doesNotContainIgnoringCase("prove")
        .doesNotContainIgnoringCase("guarantee")
        .doesNotContainIgnoringCase("certain ")
        .doesNotContain("src=", "href=", "<script");
  }

  @Test
  void fileIsWrittenWhole() throws java.io.IOException {
    Path folder = directory.resolve("new");
    Path file = folder.resolve("verdict.html");
    VerdictPage.write(OWNED, facts(), file);
    assertThat(file).content().isEqualTo(VerdictPage.html(OWNED, facts()));
    assertThat(folder.toFile().list()).hasSize(1);
  }
}
