package org.meadefender.processor;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/**
 * Types as source text, with the nullness that they carry. Names are marked for {@link Imports}:
 * {@code ‹java.util/List›}.
 */
final class TypeText extends SimpleTypeVisitor14<String, @Nullable Void> {
  private static final String NULLABLE = "Nullable";
  private static final String JSPECIFY = "org.jspecify.annotations.";

  private final Map<String, String> variables;

  /**
   * For one method.
   *
   * @param variables what type variables are called in the wrapper that have another name there
   */
  TypeText(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** The marked name of a class. */
  static String name(TypeElement type) {
    return outer(type) + Names.nested(type).replaceFirst("^[^.]*", "");
  }

  private static String outer(TypeElement type) {
    String nested = Names.nested(type);
    int dot = nested.indexOf('.');
    return "‹" + Names.packageOf(type) + "/" + (dot < 0 ? nested : nested.substring(0, dot)) + "›";
  }

  /** For people: without packages and annotations. */
  static String plain(TypeMirror type) {
    return new TypeText(Map.of())
        .of(type)
        .replaceAll("‹@[^›]*› ", "")
        .replaceAll("‹[^/›]*/([^›]*)›", "$1");
  }

  String of(TypeMirror type) {
    return visit(type);
  }

  /** The last parameter of a method with a variable number of them. */
  String ofVariable(TypeMirror array) {
    String text = visit(array);
    return text.substring(0, text.length() - "[]".length()) + "...";
  }

  /** The declaration of a type variable, with its bounds. */
  String ofVariable(TypeParameterElement variable) {
    String bounds =
        variable.getBounds().stream()
            .map(this::of)
            .filter(each -> !each.equals("‹java.lang/Object›"))
            .collect(joining(" & "));
    return nameOf(variable) + (bounds.isEmpty() ? "" : " extends " + bounds);
  }

  String nameOf(Element variable) {
    String name = variable.getSimpleName().toString();
    return variables.getOrDefault(name, name);
  }

  /** The nullness on a declaration, as far as it is none of the type's. */
  static String nullnessOn(Element declaration) {
    return declaration.getAnnotationMirrors().stream()
        .map(each -> (TypeElement) each.getAnnotationType().asElement())
        .filter(each -> each.getSimpleName().contentEquals(NULLABLE))
        .map(each -> "@" + name(each) + " ")
        .collect(joining());
  }

  static String nullness(AnnotatedConstruct type) {
    return type.getAnnotationMirrors().stream()
        .map(each -> (TypeElement) each.getAnnotationType().asElement())
        .filter(
            each ->
                each.getSimpleName().contentEquals(NULLABLE)
                    || each.getQualifiedName().toString().startsWith(JSPECIFY))
        .map(each -> name(each).replaceFirst("‹", "‹@") + " ")
        .collect(joining());
  }

  @Override
  public String visitPrimitive(PrimitiveType type, @Nullable Void unused) {
    return type.getKind().toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public String visitDeclared(DeclaredType type, @Nullable Void unused) {
    TypeElement element = (TypeElement) type.asElement();
    String nullness = nullness(type);
    String name;
    if (Names.isInner(element) && type.getEnclosingType().getKind() == TypeKind.DECLARED) {
      name = of(type.getEnclosingType()) + "." + nullness + element.getSimpleName();
    } else if (element.getEnclosingElement() instanceof TypeElement scope) {
      name = name(scope) + "." + nullness + element.getSimpleName();
    } else {
      name = nullness + name(element);
    }
    return name + arguments(type.getTypeArguments());
  }

  private String arguments(List<? extends TypeMirror> arguments) {
    return arguments.isEmpty()
        ? ""
        : arguments.stream().map(this::of).collect(joining(", ", "<", ">"));
  }

  @Override
  public String visitArray(ArrayType type, @Nullable Void unused) {
    // The annotations of the outer array stand first: String @Outer [] @Inner [].
    StringBuilder dimensions = new StringBuilder();
    TypeMirror component = type;
    while (component instanceof ArrayType array) {
      String nullness = nullness(array);
      dimensions.append(nullness.isEmpty() ? "" : " ").append(nullness).append("[]");
      component = array.getComponentType();
    }
    return of(component) + dimensions;
  }

  @Override
  public String visitTypeVariable(TypeVariable type, @Nullable Void unused) {
    return nullness(type) + nameOf(type.asElement());
  }

  @Override
  public String visitWildcard(WildcardType type, @Nullable Void unused) {
    if (type.getExtendsBound() != null) {
      return "? extends " + of(type.getExtendsBound());
    }
    return type.getSuperBound() == null ? "?" : "? super " + of(type.getSuperBound());
  }

  @Override
  public String visitIntersection(IntersectionType type, @Nullable Void unused) {
    return type.getBounds().stream().map(this::of).collect(joining(" & "));
  }

  @Override
  public String visitError(ErrorType type, @Nullable Void unused) {
    return type.asElement().getSimpleName().toString();
  }

  @Override
  protected String defaultAction(TypeMirror type, @Nullable Void unused) {
    return type.toString();
  }
}
