package org.meadefender.processor;

import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Finds types that the compiler does not know, or does not know yet. */
final class MissingTypes {
  private MissingTypes() {}

  /** The simple name of a missing type that the type is or mentions. */
  static Optional<String> in(TypeMirror type) {
    return MentionedTypes.in(type).stream()
        .filter(each -> each.getKind() == TypeKind.ERROR)
        .map(each -> each.asElement().getSimpleName().toString())
        .findFirst();
  }

  /** The same for the superclasses and interfaces. */
  static Optional<String> inSupertypes(TypeElement type) {
    Optional<String> found = superType(type.getSuperclass());
    for (TypeMirror each : type.getInterfaces()) {
      found = found.or(() -> superType(each));
    }
    return found;
  }

  static Finding finding(ClassDeclaration declaration, String name) {
    return Finding.of(
        Problem.MISSING_TYPE,
        Position.of(declaration.type()),
        declaration.annotation(),
        declaration.type().getSimpleName(),
        name);
  }

  private static Optional<String> superType(TypeMirror type) {
    Optional<String> here = in(type);
    return here.isPresent() || type.getKind() != TypeKind.DECLARED
        ? here
        : inSupertypes((TypeElement) ((DeclaredType) type).asElement());
  }
}
