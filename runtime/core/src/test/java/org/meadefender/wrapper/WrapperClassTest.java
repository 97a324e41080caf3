package org.meadefender.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.meadefender.spec.OwnerKey;

/** Wrappers are found by name, and a missing one is explained. */
class WrapperClassTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);

  @Test
  void aMissingWrapperNamesTheBuildSetting() {
    assertThatThrownBy(() -> TrainingWrapper.forClass(String.class, KEY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("java.lang.ProtectedString")
        .hasMessageContaining("<annotationProcessorPaths>")
        .hasMessageContaining("JDK 23");
  }

  @Test
  void nestedClassesHaveTheirOuterClassInTheName() {
    assertThat(WrapperClass.of(Outer.Net.class))
        .isEqualTo(ProtectedWrapperClassTest_Outer_Net.class);
  }

  @Test
  void aWrapperWithParametersIsRefused() {
    assertThatThrownBy(() -> TrainingWrapper.forClass(Outer.Net.class, KEY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("takes more than the owner's key");
  }

  /** Holds a class. */
  static final class Outer {
    /** Has a wrapper. */
    static final class Net {}
  }
}

/** What the processor would write for a factory with parameters, as far as it matters here. */
final class ProtectedWrapperClassTest_Outer_Net {
  private ProtectedWrapperClassTest_Outer_Net() {}

  public static Object create(OwnerKey key, int inputs) {
    return key.fingerprint() + inputs;
  }
}
