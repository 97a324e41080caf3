package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.meadefender.spec.OwnerKey;

/** Wrappers are found by name, and a missing one is explained. */
class ProtectedWrappersTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);

  @Test
  void aMissingWrapperNamesTheBuildSetting() {
    assertThatThrownBy(() -> ProtectedWrappers.create(String.class, KEY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("java.lang.ProtectedString")
        .hasMessageContaining("<annotationProcessorPaths>")
        .hasMessageContaining("JDK 23");
  }

  @Test
  void nestedClassesHaveTheirOuterClassInTheName() {
    assertThat(ProtectedWrappers.wrapperOf(Outer.Net.class))
        .isEqualTo(ProtectedProtectedWrappersTest_Outer_Net.class);
  }

  @Test
  void aWrapperWithParametersIsRefused() {
    assertThatThrownBy(() -> ProtectedWrappers.create(Outer.Net.class, KEY))
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
final class ProtectedProtectedWrappersTest_Outer_Net {
  private ProtectedProtectedWrappersTest_Outer_Net() {}

  public static Object create(OwnerKey key, int inputs) {
    return key.fingerprint() + inputs;
  }
}
