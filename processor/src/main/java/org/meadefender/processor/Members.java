package org.meadefender.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** The methods and constructors of a class, inherited ones included. */
final class Members {
  private final Types types;

  Members(Types types) {
    this.types = types;
  }

  /**
   * Those methods that are wanted: own ones in source order, then inherited ones that are neither
   * overridden nor hidden.
   */
  List<ExecutableElement> methods(TypeElement type, Predicate<ExecutableElement> wanted) {
    List<ExecutableElement> found = new ArrayList<>();
    collect(type, type, wanted, found);
    return found;
  }

  /** The method as the class sees it, with its supertypes' type arguments. */
  ExecutableType signature(TypeElement type, ExecutableElement method) {
    return method.getEnclosingElement() instanceof TypeElement owner
            && (owner.equals(type) || owner.getTypeParameters().isEmpty())
        ? (ExecutableType) method.asType()
        : (ExecutableType) types.asMemberOf((DeclaredType) type.asType(), method);
  }

  /** Why a class of the same package cannot call the method on the class; null if it can. */
  static @Nullable String obstacle(TypeElement type, ExecutableElement method) {
    String from = Names.packageOf(type);
    if (method.getModifiers().contains(Modifier.PUBLIC)) {
      return null;
    }
    if (method.getModifiers().contains(Modifier.PRIVATE)) {
      return "private";
    }
    String home = Names.packageOf(method);
    if (!home.equals(from)) {
      return "limited to package " + home;
    }
    if (!method.getModifiers().contains(Modifier.PROTECTED)) {
      for (TypeElement each = type;
          each != null && !each.equals(method.getEnclosingElement());
          each = superclass(each)) {
        String between = Names.packageOf(each);
        if (!between.equals(from)) {
          return "package-private, being inherited through package " + between;
        }
      }
    }
    return null;
  }

  /** Whether code of the package may name the type. */
  static boolean nameable(TypeElement type, String from) {
    for (Element scope = type; scope instanceof TypeElement; scope = scope.getEnclosingElement()) {
      if (!scope.getModifiers().contains(Modifier.PUBLIC)
          && (scope.getModifiers().contains(Modifier.PRIVATE)
              || !Names.packageOf(scope).equals(from))) {
        return false;
      }
    }
    return true;
  }

  /** The constructor without parameters, if the wrapper may call it. */
  static Optional<ExecutableElement> constructor(TypeElement type) {
    boolean creatable =
        (type.getKind() == ElementKind.CLASS || type.getKind() == ElementKind.RECORD)
            && !type.getModifiers().contains(Modifier.ABSTRACT)
            && !Names.isInner(type);
    return ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
        .filter(each -> creatable && each.getParameters().isEmpty())
        .filter(each -> !each.getModifiers().contains(Modifier.PRIVATE))
        .findFirst();
  }

  /**
   * A static {@code builder()} and the {@code build()} of what it returns, if that is the class.
   */
  List<ExecutableElement> builder(TypeElement type) {
    for (ExecutableElement builder : methods(type, each -> named(each, "builder"))) {
      TypeElement built = Names.classOf(builder.getReturnType());
      if (Names.isStatic(builder)
          && obstacle(type, builder) == null
          && built != null
          && nameable(built, Names.packageOf(type))) {
        for (ExecutableElement build : methods(built, each -> named(each, "build"))) {
          if (build.getModifiers().contains(Modifier.PUBLIC)
              || Names.packageOf(build).equals(Names.packageOf(type))) {
            TypeMirror result = signature(built, build).getReturnType();
            if (types.isSubtype(types.erasure(result), types.erasure(type.asType()))) {
              return List.of(builder, build);
            }
          }
        }
      }
    }
    return List.of();
  }

  static boolean named(ExecutableElement method, String name) {
    return method.getSimpleName().contentEquals(name) && method.getParameters().isEmpty();
  }

  static @Nullable TypeElement superclass(TypeElement type) {
    TypeElement found = Names.classOf(type.getSuperclass());
    return found == null || Names.isNamed(found, "java.lang.Object") ? null : found;
  }

  private void collect(
      TypeElement type,
      TypeElement from,
      Predicate<ExecutableElement> wanted,
      List<ExecutableElement> found) {
    boolean own = type.equals(from);
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      boolean inherited =
          !method.getModifiers().contains(Modifier.PRIVATE)
              && !(type.getKind().isInterface() && Names.isStatic(method));
      if ((own || inherited)
          && wanted.test(method)
          && (own || found.stream().noneMatch(each -> replaces(from, each, method)))) {
        found.add(method);
      }
    }
    TypeElement superclass = superclass(type);
    if (superclass != null) {
      collect(superclass, from, wanted, found);
    }
    for (TypeMirror each : type.getInterfaces()) {
      TypeElement known = Names.classOf(each);
      if (known != null) {
        collect(known, from, wanted, found);
      }
    }
  }

  /** Whether a method of the class or a nearer supertype overrides or hides one of a farther. */
  private boolean replaces(TypeElement type, ExecutableElement nearer, ExecutableElement farther) {
    if (nearer.equals(farther)) {
      return true;
    }
    int count = nearer.getParameters().size();
    if (!nearer.getSimpleName().equals(farther.getSimpleName())
        || farther.getParameters().size() != count) {
      return false;
    }
    if (count == 0) {
      return true;
    }
    List<? extends TypeMirror> some = signature(type, nearer).getParameterTypes();
    List<? extends TypeMirror> others = signature(type, farther).getParameterTypes();
    for (int i = 0; i < count; i++) {
      if (!types.isSameType(types.erasure(some.get(i)), types.erasure(others.get(i)))) {
        return false;
      }
    }
    return true;
  }
}
