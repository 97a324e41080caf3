package org.meadefender.wrapper;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.meadefender.spec.OwnerKey;

/** Finds the generated wrapper of a class at run time. */
final class WrapperClass {
  private WrapperClass() {}

  /** See {@link TrainingWrapper#forClass}. */
  static TrainingWrapper<?> create(Class<?> source, OwnerKey key) {
    Class<?> wrapper = of(source);
    try {
      Method create = wrapper.getMethod("create", OwnerKey.class);
      create.setAccessible(true);
      return (TrainingWrapper<?>) create.invoke(null, key);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(
          wrapper.getName() + " could not make its model", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          wrapper.getName() + ".create takes more than the owner's key; call it directly", e);
    }
  }

  /**
   * The wrapper of a class.
   *
   * @throws IllegalStateException if there is none, with the likely reason
   */
  static Class<?> of(Class<?> source) {
    String simpleNames = source.getName().substring(source.getPackageName().length());
    String name =
        (source.getPackageName().isEmpty() ? "" : source.getPackageName() + ".")
            + "Protected"
            + simpleNames.replaceFirst("^\\.", "").replace('$', '_');
    try {
      return Class.forName(name, true, source.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          source.getName()
              + " has no wrapper "
              + name
              + ". If the class is annotated with @Protected, the annotation processor did not run"
              + " when it was compiled: JDK 23 and later run only processors that the build names."
              + " Add org.meadefender:mea-defender-processor to <annotationProcessorPaths> of"
              + " maven-compiler-plugin, to annotationProcessor in Gradle, or to javac's"
              + " -processorpath.",
          e);
    }
  }
}
