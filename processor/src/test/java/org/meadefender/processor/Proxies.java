package org.meadefender.processor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Stand-ins for the compiler's services that change the results of some methods. */
final class Proxies {
  /** Sees each call after it was made, and says what it gives. */
  interface After {
    Object apply(String method, Object[] arguments, Object result);
  }

  private Proxies() {}

  static <T> T of(Class<T> type, T target, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return after.apply(method.getName(), arguments, method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
