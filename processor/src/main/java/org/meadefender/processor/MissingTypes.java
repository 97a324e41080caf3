package org.meadefender.processor;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/** Finds types that the compiler does not know, or does not know yet. */
final class MissingTypes {
  private final Visitor visitor = new Visitor();

  /** The simple name of a missing type that the type is or mentions. */
  Optional<String> in(TypeMirror type) {
    return visitor.visit(type);
  }

  /** The same for the superclasses and interfaces. */
  Optional<String> inSupertypes(TypeElement type) {
    Optional<String> found = superType(type.getSuperclass());
    for (TypeMirror each : type.getInterfaces()) {
      found = found.or(() -> superType(each));
    }
    return found;
  }

  Finding finding(ClassDeclaration declaration, String name) {
    return Finding.of(
        Problem.MISSING_TYPE,
        Position.of(declaration.type()),
        declaration.annotation(),
        declaration.type().getSimpleName(),
        name);
  }

  private Optional<String> superType(TypeMirror type) {
    Optional<String> here = in(type);
    return here.isPresent() || type.getKind() != TypeKind.DECLARED
        ? here
        : inSupertypes((TypeElement) ((DeclaredType) type).asElement());
  }

  private static final class Visitor extends SimpleTypeVisitor14<Optional<String>, @Nullable Void> {
    Visitor() {
      super(Optional.empty());
    }

    @Override
    public Optional<String> visitError(ErrorType type, @Nullable Void unused) {
      return Optional.of(type.asElement().getSimpleName().toString());
    }

    @Override
    public Optional<String> visitArray(ArrayType type, @Nullable Void unused) {
      return visit(type.getComponentType());
    }

    @Override
    public Optional<String> visitDeclared(DeclaredType type, @Nullable Void unused) {
      List<? extends TypeMirror> arguments = type.getTypeArguments();
      return arguments.stream().flatMap(each -> visit(each).stream()).findFirst();
    }
  }
}
