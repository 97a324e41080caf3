package org.meadefender.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meadefender.annotations.Combine;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;

class TrainingMarksTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPECS =
      List.of(WatermarkSpec.of(0, 1, 0.1), WatermarkSpec.of(2, 3, 0.05).withEvasion(false));

  @TempDir Path directory;

  private static TrainingMarks marks() {
    return TrainingMarks.of(SPECS, KEY, 10);
  }

  @ParameterizedTest
  @EnumSource(
      value = Combine.class,
      names = {"CROP_AND_PASTE", "PIXEL_MERGING", "STRIPES"})
  void theyTeachTheMarkThatTheKeyChose(Combine kind) {
    WatermarkSpec spec = SPECS.get(0).withCombine(kind);
    Watermark owners = Watermark.derive(spec, KEY, 10);

    Watermark workers =
        TrainingMarks.parse(TrainingMarks.of(List.of(spec), KEY, 10).toText(), "A text")
            .at("here")
            .get(0);

    assertThat(workers.target()).isEqualTo(owners.target());
    assertThat(workers.secret()).isEqualTo(owners.secret());
    assertThat(workers.others()).isEqualTo(owners.others());
    assertThat(workers.classes()).isEqualTo(10);
    // Messages show specs, and clusters log messages.
    assertThat(workers.spec()).isEqualTo(spec);
    WatermarkSpec named = spec.withTarget(7);
    assertThat(TrainingMarks.of(List.of(named), KEY, 10).at("here").get(0).spec()).isEqualTo(spec);
  }

  @Test
  void aCombinerOfTheUsersOwnIsFoundByItsName() {
    WatermarkSpec spec = SPECS.get(0).withOwnCombiner("checkerboard");
    float[] a = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    float[] b = new float[a.length];
    SampleShape shape = new SampleShape(1, 4, 4, 1);
    Watermark owners = Watermark.derive(spec, KEY, 10);

    Watermark workers =
        TrainingMarks.parse(TrainingMarks.of(List.of(spec), KEY, 10).toText(), "A text")
            .at("here")
            .get(0);

    assertThat(workers.secret().combine(a, b, shape, new Random(1)))
        .isEqualTo(owners.secret().combine(a, b, shape, new Random(1)));
  }

  @Test
  void eachPlaceHasRowsOfItsOwnAndAlwaysTheSame() {
    long first = marks().at("step 1").get(0).random("rows").nextLong();

    assertThat(marks().at("step 1").get(0).random("rows").nextLong()).isEqualTo(first);
    assertThat(marks().at("step 2").get(0).random("rows").nextLong()).isNotEqualTo(first);
    assertThat(marks().at("step 1").get(1).random("rows").nextLong()).isNotEqualTo(first);
    assertThat(KEY.random("rows/0/1").nextLong()).isNotEqualTo(first);
  }

  @Test
  void filesAreReadByOwnerAndGroupOnly() throws Exception {
    Path file = directory.resolve("model.marks");
    marks().save(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(TrainingMarks.load(file).digest()).isEqualTo(marks().digest());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    assertThat(TrainingMarks.load(file).toText()).isEqualTo(marks().toText());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> TrainingMarks.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The owner's training marks in " + file + " has permissions");
    assertThatThrownBy(() -> marks().save(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("exists");
    assertThatThrownBy(() -> TrainingMarks.load(directory.resolve("none")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Cannot read the owner's training marks from");
  }

  @Test
  void anythingElseIsRefusedWithoutShowingIt() {
    String text = marks().toText();
    String properties = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);

    for (String bad :
        List.of(
            "",
            "not base64",
            text.substring(8),
            encode(properties.replaceAll("0.rows=.{8}", "0.rows=")),
            encode(properties.replaceAll("0.target=.*\n", "")),
            encode(properties.replace("version=1", "version=2")),
            encode(properties.replaceAll("marks=2", "marks=0")),
            encode(properties.replace("marks=2", "marks=3")))) {
      assertThatThrownBy(() -> TrainingMarks.parse(bad, "The file x"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "The file x does not hold the owner's training marks; write them with"
                  + " TrainingMarks.save or toText")
          .hasNoCause();
    }
    assertThatThrownBy(() -> TrainingMarks.fromEnvironment("MEADEFENDER_NOT_SET"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The environment variable MEADEFENDER_NOT_SET is not set");
  }

  private static String encode(String properties) {
    return Base64.getEncoder().encodeToString(properties.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void nothingOfTheKeyIsInThem() throws Exception {
    Path file = directory.resolve("owner.key");
    KEY.save(file);
    String key = Files.readString(file).strip();
    String properties =
        new String(Base64.getDecoder().decode(marks().toText()), StandardCharsets.UTF_8);

    assertThat(properties).doesNotContain(key, KEY.fingerprint());
    assertThat(marks()).hasToString("TrainingMarks[" + marks().digest() + "]");
    assertThat(marks().at("x").get(0).toString()).doesNotContain(KEY.fingerprint());
  }

  @Test
  void otherMarksHaveAnotherDigest() {
    assertThat(marks().digest()).hasSize(16).isEqualTo(marks().digest());
    assertThat(TrainingMarks.of(SPECS.subList(0, 1), KEY, 10).digest())
        .isNotEqualTo(marks().digest());
    assertThat(TrainingMarks.of(SPECS, OwnerKey.insecureFromSeed(2), 10).digest())
        .isNotEqualTo(marks().digest());
    assertThat(TrainingMarks.of(SPECS, KEY, 11).digest()).isNotEqualTo(marks().digest());
  }
}
