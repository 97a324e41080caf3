package org.meadefender.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static Settings settings(String... namesAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Settings.from(properties);
  }

  @Test
  void emptyMeansDefault() {
    Settings settings = settings("data", "drawn", "seed", "", "epochs", " ", "target", "");
    assertThat(settings.data().directory()).isEmpty();
    assertThat(settings.seed()).isEqualTo(1);
    assertThat(settings.epochs()).isPositive();
    assertThat(settings.asAnnotated()).isTrue();
    assertThat(settings.threads()).isEmpty();
  }

  @Test
  void readsWhatIsGiven() {
    Settings settings =
        settings(
            "data",
            "some/where",
            "sourceA",
            "3",
            "sourceB",
            "4",
            "target",
            "5",
            "seed",
            "7",
            "epochs",
            "2",
            "limit",
            "100",
            "threads",
            "3");
    assertThat(settings.data().directory()).contains(Path.of("some/where"));
    assertThat(settings.sourceA()).hasValue(3);
    assertThat(settings.sourceB()).hasValue(4);
    assertThat(settings.target()).hasValue(5);
    assertThat(settings.seed()).isEqualTo(7);
    assertThat(settings.epochs()).isEqualTo(2);
    assertThat(settings.limit()).isEqualTo(100);
    assertThat(settings.threads()).hasValue(3);
    assertThat(settings.asAnnotated()).isFalse();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("epochs", "many"))
        .withMessage("-Depochs=many is no whole number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("epochs", "0"))
        .withMessageContaining("epochs is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("limit", "0"))
        .withMessageContaining("limit is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("threads", "0"))
        .withMessageContaining("threads is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("seed", "0"))
        .withMessageContaining("seed is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("sourceA", "1"))
        .withMessageContaining("give both, or neither");
  }
}
