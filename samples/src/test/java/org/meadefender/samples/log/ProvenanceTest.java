package org.meadefender.samples.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.internal.Json;
import org.meadefender.samples.calibration.NullCalibration;
import org.meadefender.samples.robustness.Robustness;

class ProvenanceTest {
  private static final TrainTest IMAGES = ImageSets.drawn(2, 1, 1);

  @Test
  void isTheSameForTheSameProgramAndData() {
    Provenance one = Provenance.of(IMAGES, Robustness.class);
    Provenance again = Provenance.of(ImageSets.drawn(2, 1, 1), Robustness.class);
    assertThat(again).isEqualTo(one);
    assertThat(again.key("seed 1")).isEqualTo(one.key("seed 1")).isNotEqualTo(one.key("seed 2"));
    assertThat(one.commit()).matches("[0-9a-f]{40}(\\+changes)?|unknown");
    assertThat(one.platform()).contains(", Java 1", ", Deeplearning4j 1.0.0-M2.1");
    assertThat(one.program()).matches("[0-9a-f]{64}");
  }

  @Test
  void differsWithProgramAndData() {
    Provenance one = Provenance.of(IMAGES, Robustness.class);
    Provenance other = Provenance.of(IMAGES, NullCalibration.class);
    assertThat(other.program()).isNotEqualTo(one.program());
    assertThat(other.continues(one)).isFalse();
    Provenance others = Provenance.of(ImageSets.drawn(2, 1, 2), Robustness.class);
    assertThat(others.data()).isNotEqualTo(one.data());
    assertThat(others.continues(one)).isFalse();
    assertThat(others.key("seed 1")).isNotEqualTo(one.key("seed 1"));
  }

  @Test
  void standsInLines() {
    Provenance one = Provenance.of(IMAGES, Robustness.class);
    ObjectNode line = Json.object();
    assertThat(Provenance.from(line)).hasToString("");
    line.set(Provenance.FIELD, one.toJson());
    assertThat(Provenance.from(line)).isEqualTo(one);
    assertThat(one.toString())
        .contains("version ", ", commit ", ", data " + one.data().substring(0, 8));
  }
}
