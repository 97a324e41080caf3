package org.meadefender.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/** Collects the classes that a type names, those of type arguments and array components too. */
final class MentionedTypes extends SimpleTypeVisitor14<@Nullable Void, @Nullable Void> {
  private final List<DeclaredType> found = new ArrayList<>();

  private MentionedTypes() {}

  /** In the order of the source; missing ones are of kind {@code ERROR}. */
  static List<DeclaredType> in(TypeMirror type) {
    MentionedTypes visitor = new MentionedTypes();
    visitor.visit(type);
    return visitor.found;
  }

  @Override
  public @Nullable Void visitDeclared(DeclaredType type, @Nullable Void unused) {
    found.add(type);
    type.getTypeArguments().forEach(this::visit);
    return null;
  }

  @Override
  public @Nullable Void visitError(ErrorType type, @Nullable Void unused) {
    found.add(type);
    return null;
  }

  @Override
  public @Nullable Void visitArray(ArrayType type, @Nullable Void unused) {
    return visit(type.getComponentType());
  }

  @Override
  public @Nullable Void visitWildcard(WildcardType type, @Nullable Void unused) {
    Stream.of(type.getExtendsBound(), type.getSuperBound())
        .filter(Objects::nonNull)
        .forEach(this::visit);
    return null;
  }

  @Override
  public @Nullable Void visitIntersection(IntersectionType type, @Nullable Void unused) {
    type.getBounds().forEach(this::visit);
    return null;
  }
}
