package org.meadefender.processor;

import com.palantir.javapoet.ClassName;
import javax.lang.model.element.TypeElement;

/** Names wrappers. */
final class WrapperNames {
  private WrapperNames() {}

  /** {@code ProtectedNet} for {@code Net}, {@code ProtectedOuter_Net} for {@code Outer.Net}. */
  static ClassName of(TypeElement type) {
    ClassName name = ClassName.get(type);
    return ClassName.get(name.packageName(), "Protected" + String.join("_", name.simpleNames()));
  }
}
