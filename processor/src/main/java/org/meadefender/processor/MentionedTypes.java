package org.meadefender.processor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/** Collects what types name: classes and type variables, those of arguments and bounds too. */
final class MentionedTypes extends SimpleTypeVisitor14<@Nullable Void, @Nullable Void> {
  private final List<DeclaredType> classes = new ArrayList<>();
  private final List<TypeVariable> variables = new ArrayList<>();

  private MentionedTypes() {}

  static MentionedTypes in(Collection<? extends TypeMirror> types) {
    MentionedTypes visitor = new MentionedTypes();
    types.forEach(visitor::visit);
    return visitor;
  }

  /** All that is written in front of a method's body, but its return type. */
  static List<TypeMirror> ofSignature(ExecutableElement method, ExecutableType signature) {
    List<TypeMirror> types = new ArrayList<>(signature.getParameterTypes());
    types.addAll(signature.getThrownTypes());
    types.addAll(bounds(method.getTypeParameters()));
    return types;
  }

  static List<TypeMirror> bounds(List<? extends TypeParameterElement> variables) {
    List<TypeMirror> bounds = new ArrayList<>();
    variables.forEach(each -> bounds.addAll(each.getBounds()));
    return bounds;
  }

  /** In the order of the source; missing ones are of kind {@code ERROR}. */
  List<DeclaredType> classes() {
    return classes;
  }

  List<TypeVariable> variables() {
    return variables;
  }

  /** The simple name of a type that the compiler does not know, or does not know yet. */
  Optional<String> missing() {
    return classes.stream()
        .filter(each -> each.getKind() == TypeKind.ERROR)
        .map(each -> each.asElement().getSimpleName().toString())
        .findFirst();
  }

  /** The same for the superclasses and interfaces of a class. */
  static Optional<String> missingSupertype(TypeElement type) {
    List<TypeMirror> supertypes = new ArrayList<>(List.of(type.getSuperclass()));
    supertypes.addAll(type.getInterfaces());
    Optional<String> found = in(supertypes).missing();
    for (TypeMirror each : supertypes) {
      TypeElement known = Names.classOf(each);
      if (found.isEmpty() && known != null) {
        found = missingSupertype(known);
      }
    }
    return found;
  }

  @Override
  public @Nullable Void visitDeclared(DeclaredType type, @Nullable Void unused) {
    classes.add(type);
    type.getTypeArguments().forEach(this::visit);
    return null;
  }

  @Override
  public @Nullable Void visitError(ErrorType type, @Nullable Void unused) {
    classes.add(type);
    return null;
  }

  @Override
  public @Nullable Void visitTypeVariable(TypeVariable type, @Nullable Void unused) {
    variables.add(type);
    return null;
  }

  @Override
  public @Nullable Void visitArray(ArrayType type, @Nullable Void unused) {
    return visit(type.getComponentType());
  }

  @Override
  public @Nullable Void visitWildcard(WildcardType type, @Nullable Void unused) {
    if (type.getExtendsBound() != null) {
      visit(type.getExtendsBound());
    }
    return type.getSuperBound() == null ? null : visit(type.getSuperBound());
  }

  @Override
  public @Nullable Void visitIntersection(IntersectionType type, @Nullable Void unused) {
    type.getBounds().forEach(this::visit);
    return null;
  }
}
