package org.meadefender.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/**
 * Types as JavaPoet names them, with the nullness that they carry, which {@code TypeName.get}
 * drops.
 */
final class TypeNames extends SimpleTypeVisitor14<TypeName, @Nullable Void> {
  private static final String NULLABLE = "Nullable";
  private static final String JSPECIFY = "org.jspecify.annotations.";

  private final Map<String, String> variables;
  private final Function<TypeElement, ClassName> classes;
  private final boolean annotated;

  private TypeNames(
      Map<String, String> variables, Function<TypeElement, ClassName> classes, boolean annotated) {
    this.variables = Map.copyOf(variables);
    this.classes = classes;
    this.annotated = annotated;
  }

  /**
   * For one method.
   *
   * @param variables what type variables are called in the wrapper that have another name there
   */
  TypeNames(Map<String, String> variables) {
    this(variables, ClassName::get, true);
  }

  /** For people: without packages and annotations. */
  static String plain(TypeMirror type) {
    return new TypeNames(Map.of(), each -> ClassName.get("", Names.nested(each)), false)
        .of(type)
        .toString();
  }

  TypeName of(TypeMirror type) {
    TypeName name = visit(type);
    return annotated ? name.annotated(nullness(type)) : name;
  }

  /** A use of a type variable. */
  TypeVariableName of(Element variable) {
    String name = variable.getSimpleName().toString();
    return TypeVariableName.get(variables.getOrDefault(name, name));
  }

  /** The declaration of a type variable, with its bounds. */
  TypeVariableName declared(TypeParameterElement variable) {
    return TypeVariableName.get(
        of(variable).name(), variable.getBounds().stream().map(this::of).toArray(TypeName[]::new));
  }

  /**
   * A class with type arguments.
   *
   * @param outer the type that its instances belong to, if any
   */
  static TypeName generic(@Nullable TypeName outer, ClassName type, List<TypeName> arguments) {
    if (outer instanceof ParameterizedTypeName scope) {
      return scope.nestedClass(type.simpleName(), arguments);
    }
    ClassName raw = outer instanceof ClassName scope ? scope.nestedClass(type.simpleName()) : type;
    return arguments.isEmpty()
        ? raw
        : ParameterizedTypeName.get(raw, arguments.toArray(TypeName[]::new));
  }

  /** The nullness on a declaration, as far as it is none of the type's. */
  static List<AnnotationSpec> nullnessOn(Element declaration) {
    return annotations(declaration, each -> each.getSimpleName().contentEquals(NULLABLE));
  }

  static List<AnnotationSpec> nullness(AnnotatedConstruct type) {
    return annotations(
        type,
        each ->
            each.getSimpleName().contentEquals(NULLABLE)
                || each.getQualifiedName().toString().startsWith(JSPECIFY));
  }

  private static List<AnnotationSpec> annotations(
      AnnotatedConstruct annotated, Predicate<TypeElement> wanted) {
    return annotated.getAnnotationMirrors().stream()
        .map(each -> (TypeElement) each.getAnnotationType().asElement())
        .filter(wanted)
        .map(each -> AnnotationSpec.builder(ClassName.get(each)).build())
        .toList();
  }

  @Override
  public TypeName visitDeclared(DeclaredType type, @Nullable Void unused) {
    TypeElement element = (TypeElement) type.asElement();
    boolean inner =
        Names.isInner(element) && type.getEnclosingType().getKind() == TypeKind.DECLARED;
    return generic(
        inner ? of(type.getEnclosingType()) : null,
        classes.apply(element),
        type.getTypeArguments().stream().map(this::of).toList());
  }

  @Override
  public TypeName visitArray(ArrayType type, @Nullable Void unused) {
    return ArrayTypeName.of(of(type.getComponentType()));
  }

  @Override
  public TypeName visitTypeVariable(TypeVariable type, @Nullable Void unused) {
    return of(type.asElement());
  }

  @Override
  public TypeName visitWildcard(WildcardType type, @Nullable Void unused) {
    if (type.getSuperBound() != null) {
      return WildcardTypeName.supertypeOf(of(type.getSuperBound()));
    }
    return WildcardTypeName.subtypeOf(
        type.getExtendsBound() == null ? ClassName.OBJECT : of(type.getExtendsBound()));
  }

  @Override
  public TypeName visitError(ErrorType type, @Nullable Void unused) {
    return ClassName.get("", type.asElement().getSimpleName().toString());
  }

  /** A primitive type or {@code void}. */
  @Override
  protected TypeName defaultAction(TypeMirror type, @Nullable Void unused) {
    return TypeName.get(type);
  }
}
