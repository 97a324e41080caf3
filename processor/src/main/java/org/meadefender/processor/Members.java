package org.meadefender.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** The methods and constructors of a class, inherited ones included. */
final class Members {
  private final Elements elements;
  private final Types types;

  Members(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /** Own methods in source order, then inherited ones that are neither overridden nor hidden. */
  List<ExecutableElement> methods(TypeElement type) {
    List<ExecutableElement> found = new ArrayList<>();
    collect(type, type, found);
    return found;
  }

  /** The method's return type as the class sees it, with its supertypes' type arguments. */
  TypeMirror returnType(DeclaredType owner, ExecutableElement method) {
    return ((ExecutableType) types.asMemberOf(owner, method)).getReturnType();
  }

  /** Whether code of the package may call the member through the class that inherits it. */
  boolean accessible(Element member, PackageElement from) {
    if (member.getModifiers().contains(Modifier.PUBLIC)) {
      return true;
    }
    return !member.getModifiers().contains(Modifier.PRIVATE)
        && elements.getPackageOf(member).equals(from);
  }

  /** Whether code of the package may name the type. */
  boolean nameable(TypeElement type, PackageElement from) {
    Element scope = type;
    while (scope instanceof TypeElement && accessible(scope, from)) {
      scope = scope.getEnclosingElement();
    }
    return !(scope instanceof TypeElement);
  }

  /** The constructor without parameters, if code of the same package may call it. */
  Optional<ExecutableElement> constructor(TypeElement type) {
    return ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
        .filter(each -> each.getParameters().isEmpty())
        .filter(each -> !each.getModifiers().contains(Modifier.PRIVATE))
        .findFirst();
  }

  /** The {@code build()} of what a static {@code builder()} returns, if it builds the class. */
  Optional<ExecutableElement> builder(TypeElement type) {
    PackageElement from = elements.getPackageOf(type);
    return methods(type).stream()
        .filter(each -> named(each, "builder") && each.getModifiers().contains(Modifier.STATIC))
        .filter(each -> accessible(each, from))
        .map(ExecutableElement::getReturnType)
        .filter(each -> each.getKind() == TypeKind.DECLARED)
        .map(each -> (TypeElement) ((DeclaredType) each).asElement())
        .filter(each -> nameable(each, from))
        .flatMap(each -> methods(each).stream())
        .filter(each -> named(each, "build") && accessible(each, from))
        .filter(
            each ->
                types.isSubtype(types.erasure(each.getReturnType()), types.erasure(type.asType())))
        .findFirst();
  }

  private static boolean named(ExecutableElement method, String name) {
    return method.getSimpleName().contentEquals(name) && method.getParameters().isEmpty();
  }

  private void collect(TypeElement type, TypeElement from, List<ExecutableElement> found) {
    boolean own = type.equals(from);
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      boolean inherited =
          !method.getModifiers().contains(Modifier.PRIVATE)
              && !(type.getKind().isInterface() && method.getModifiers().contains(Modifier.STATIC));
      if (own || (inherited && found.stream().noneMatch(each -> replaces(each, method)))) {
        found.add(method);
      }
    }
    supertype(type.getSuperclass()).ifPresent(each -> collect(each, from, found));
    type.getInterfaces()
        .forEach(each -> supertype(each).ifPresent(known -> collect(known, from, found)));
  }

  private boolean replaces(ExecutableElement nearer, ExecutableElement farther) {
    return nearer.getSimpleName().equals(farther.getSimpleName())
        && (nearer.equals(farther)
            || types.isSubsignature(
                (ExecutableType) nearer.asType(), (ExecutableType) types.erasure(farther.asType()))
            || types.isSubsignature(
                (ExecutableType) nearer.asType(), (ExecutableType) farther.asType()));
  }

  private static Optional<TypeElement> supertype(TypeMirror type) {
    if (type.getKind() != TypeKind.DECLARED) {
      return Optional.empty();
    }
    TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
    boolean root =
        element.getKind() == ElementKind.CLASS
            && element.getQualifiedName().contentEquals("java.lang.Object");
    return root ? Optional.empty() : Optional.of(element);
  }
}
