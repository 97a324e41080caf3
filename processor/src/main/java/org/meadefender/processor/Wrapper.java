package org.meadefender.processor;

import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * All that the writer needs; nothing in it has to be checked again.
 *
 * @param origin the annotated class
 * @param visible whether the wrapper is public
 * @param generated whether {@code @Generated} can be seen from the class's module
 * @param suppressed lint keys for what the user's declarations bring along
 * @param model what the call makes
 */
record Wrapper(
    TypeElement origin,
    boolean visible,
    boolean generated,
    List<String> suppressed,
    List<Watermark> watermarks,
    ModelTypes.Model model,
    Call call) {

  Wrapper {
    suppressed = List.copyOf(suppressed);
    watermarks = List.copyOf(watermarks);
  }

  String packageName() {
    return Names.packageOf(origin);
  }

  String name() {
    return Names.wrapperOf(origin);
  }

  String qualifiedName() {
    return (packageName().isEmpty() ? "" : packageName() + ".") + name();
  }
}
