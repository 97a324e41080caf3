package org.meadefender.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meadefender.annotations.ModelFactory;
import org.meadefender.annotations.Protected;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.ProtectedModel;
import org.meadefender.wrapper.TrainingWrapper;

/** What the processor takes for granted of the annotation and of the runtime. */
class DefaultsTest {
  static Stream<Method> optionalMembers() {
    return Arrays.stream(Protected.class.getDeclaredMethods())
        .filter(each -> each.getDefaultValue() != null);
  }

  /** Wrappers leave out what equals the default, and write the rest by the member's name. */
  @ParameterizedTest
  @MethodSource("optionalMembers")
  void everyOptionalMemberIsASettingOfTheRuntimeWithTheSameDefault(Method member)
      throws ReflectiveOperationException {
    WatermarkSpec spec = WatermarkSpec.of(0, 1, 0.1);
    String name = member.getName();
    String setter =
        "with" + name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);

    Object value = WatermarkSpec.class.getMethod(name).invoke(spec);

    assertThat(value).isEqualTo(member.getDefaultValue());
    assertThat(WatermarkSpec.class.getMethod(setter, member.getReturnType()).getReturnType())
        .isEqualTo(WatermarkSpec.class);
  }

  @Test
  void namesAreThoseOfTheClasses() {
    assertThat(Names.PROTECTED).isEqualTo(Protected.class.getName());
    assertThat(Names.SEVERAL).isEqualTo(Protected.Several.class.getCanonicalName());
    assertThat(Names.MODEL_FACTORY).isEqualTo(ModelFactory.class.getName());
    assertThat(Names.RUNTIME).isEqualTo(ProtectedModel.class.getName());
    assertThat(Names.TRAINING_WRAPPER).isEqualTo(TrainingWrapper.class.getName());
  }
}
