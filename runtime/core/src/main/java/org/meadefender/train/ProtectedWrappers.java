package org.meadefender.train;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.meadefender.spec.OwnerKey;

/**
 * Finds the generated wrapper of a class at run time, for programs that learn the class only then.
 *
 * <p>Where the class is known, call its wrapper's {@code create} instead: a missing wrapper is then
 * an error of the compiler.
 */
public final class ProtectedWrappers {
  private ProtectedWrappers() {}

  /**
   * Creates the protected model of a class by its wrapper.
   *
   * @param source a class annotated with {@code @Protected} whose model needs no parameters
   * @return an untrained model that will be marked with the owner's key
   * @throws IllegalStateException if the class has no wrapper, with the likely reason, or if its
   *     {@code create} takes more than the key
   */
  public static ProtectedModel<?> create(Class<?> source, OwnerKey key) {
    Class<?> wrapper = wrapperOf(source);
    try {
      Object created = accessible(wrapper.getMethod("create", OwnerKey.class)).invoke(null, key);
      return (ProtectedModel<?>) accessible(wrapper.getMethod("protectedModel")).invoke(created);
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
  public static Class<?> wrapperOf(Class<?> source) {
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

  private static Method accessible(Method method) {
    method.setAccessible(true);
    return method;
  }
}
