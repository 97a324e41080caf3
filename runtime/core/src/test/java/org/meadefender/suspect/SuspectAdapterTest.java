package org.meadefender.suspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class SuspectAdapterTest {
  /** Opens {@code constant:CLASS}; named in META-INF/services. */
  public static final class Constant implements SuspectAdapter {
    @Override
    public String kind() {
      return "constant:CLASS";
    }

    @Override
    public boolean opens(String location) {
      return location.startsWith("constant:");
    }

    @Override
    public SuspectModel open(String location, SuspectOptions options) {
      int label = options.classNames().indexOf(location.substring("constant:".length()));
      return SuspectModel.named(
          features -> {
            var answers = Nd4j.zeros((int) features.size(0), options.classNames().size());
            answers.getColumn(label).assign(features.maxNumber());
            return answers;
          },
          location);
    }
  }

  private static final SuspectOptions THREE = SuspectOptions.of(List.of("cat", "dog", "cow"));

  @Test
  void adaptersOnTheClassPathOpenTheirKind() {
    SuspectOptions options = THREE.withFormat(InputFormat.SAME.withScaling(0.5, 0));
    SuspectModel suspect = Suspects.open("constant:dog", options);
    assertThat(suspect.identity()).isEqualTo("constant:dog");
    assertThat(suspect.predict(Nd4j.ones(2, 4)).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{0, 0.5f, 0}, {0, 0.5f, 0}});
  }

  @Test
  void whatNobodyOpensIsRefusedWithTheKindsThereAre() {
    assertThatThrownBy(() -> Suspects.open("other:dog", THREE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("constant:CLASS");
  }
}
