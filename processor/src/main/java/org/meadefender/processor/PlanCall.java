package org.meadefender.processor;

import static java.util.stream.Collectors.joining;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;

/**
 * Plans the call of a factory: on the class, on a new instance, on one from the class's builder, or
 * on one that the caller of {@code create} passes.
 */
final class PlanCall {
  static final ClassName KEY = ClassName.get("org.meadefender.spec", "OwnerKey");
  private static final TypeName ANY = WildcardTypeName.subtypeOf(ClassName.OBJECT);

  /** Names that a parameter would hide from the wrapper's body, where they begin a package's. */
  private static final Set<String> ROOTS = Set.of("java", "javax", "org");

  private final TypeElement type;
  private final ExecutableElement method;
  private final ExecutableType signature;
  private final List<ExecutableElement> makers;
  private final boolean passed;
  private final List<TypeParameterElement> ofClass;
  private final TypeNames typesOfClass;
  private final TypeNames types = new TypeNames(Map.of());
  private final Set<String> names = new HashSet<>();

  private PlanCall(TypeElement type, ExecutableElement method, Members members) {
    this.type = type;
    this.method = method;
    this.signature = members.signature(type, method);
    boolean onClass = Names.isStatic(method);
    this.makers = onClass ? List.of() : makers(type, members);
    this.passed = !onClass && makers.isEmpty();
    this.ofClass = onClass || !namesOwnVariables() ? List.of() : variables(type);
    this.typesOfClass = new TypeNames(renamed());
    // No variable may hide the class, whatever its name is.
    this.names.add(Names.nested(type).replaceFirst("\\..*", ""));
  }

  /**
   * What the plan depends on.
   *
   * @param called methods and constructors that the wrapper calls
   * @param mentioned types that it names
   */
  record Plan(Call call, List<ExecutableElement> called, List<TypeMirror> mentioned) {}

  static Plan of(TypeElement type, ExecutableElement method, Members members) {
    return new PlanCall(type, method, members).plan();
  }

  private static List<ExecutableElement> makers(TypeElement type, Members members) {
    return Members.constructor(type).map(List::of).orElseGet(() -> members.builder(type));
  }

  private Plan plan() {
    List<ParameterSpec> parameters = new ArrayList<>();
    for (int i = 0; i < method.getParameters().size(); i++) {
      parameters.add(parameter(i));
    }
    CodeBlock arguments =
        parameters.stream().map(each -> CodeBlock.of("$N", each)).collect(CodeBlock.joining(",$W"));
    String key = free("key", "ownerKey");
    String source = free("source", "modelSource");
    if (passed) {
      parameters.add(0, ParameterSpec.builder(instance(type), source).build());
    }
    parameters.add(0, ParameterSpec.builder(KEY, key).build());
    List<TypeMirror> mentioned = MentionedTypes.ofSignature(method, signature);
    mentioned.addAll(MentionedTypes.bounds(ofClass));
    List<ExecutableElement> called = new ArrayList<>(makers);
    called.add(method);
    Call call =
        new Call(
            Stream.concat(
                    ofClass.stream().map(typesOfClass::declared),
                    method.getTypeParameters().stream().map(types::declared))
                .toList(),
            parameters,
            variable(),
            thrown(),
            key,
            free("network", "anyNetwork"),
            CodeBlock.of(
                "$L.$L$L($L)",
                receiver(source),
                typeArguments(),
                method.getSimpleName(),
                arguments),
            Names.nested(type) + "." + method.getSimpleName() + "()");
    return new Plan(call, called, mentioned);
  }

  private List<TypeName> thrown() {
    return Stream.concat(
            makers.stream().flatMap(each -> each.getThrownTypes().stream()).map(typesOfClass::of),
            signature.getThrownTypes().stream().map(types::of))
        .distinct()
        .toList();
  }

  private CodeBlock receiver(String source) {
    ClassName name = ClassName.get(type);
    if (Names.isStatic(method)) {
      return CodeBlock.of("$T", name);
    }
    if (passed) {
      return CodeBlock.of("$N", source);
    }
    if (makers.size() > 1) {
      return CodeBlock.of("$T.builder().build()", name);
    }
    return type.getTypeParameters().isEmpty() || !ofClass.isEmpty()
        ? CodeBlock.of("new $T()", instance(type))
        : CodeBlock.of("new $T<>()", name);
  }

  /** Spelled out, because inference fails for wildcards. */
  private String typeArguments() {
    return method.getTypeParameters().isEmpty()
        ? ""
        : method.getTypeParameters().stream()
            .map(each -> types.of(each).name())
            .collect(joining(", ", "<", ">"));
  }

  /** A class as a type, with its variables, or with wildcards where nothing names these. */
  private TypeName instance(TypeElement each) {
    return TypeNames.generic(
        Names.isInner(each) && each.getEnclosingElement() instanceof TypeElement outer
            ? instance(outer)
            : null,
        ClassName.get(each),
        each.getTypeParameters().stream()
            .map(variable -> ofClass.isEmpty() ? ANY : typesOfClass.of(variable))
            .toList());
  }

  /** The type parameters of the class, and of those that its instances belong to. */
  private static List<TypeParameterElement> variables(TypeElement type) {
    List<TypeParameterElement> variables = new ArrayList<>();
    if (Names.isInner(type) && type.getEnclosingElement() instanceof TypeElement outer) {
      variables.addAll(variables(outer));
    }
    variables.addAll(type.getTypeParameters());
    return variables;
  }

  /**
   * Only parameters and exceptions can say what the class's type arguments are; without any, it is
   * the same. Variables are told apart by name: ecj has several elements for one.
   */
  private boolean namesOwnVariables() {
    Set<String> own = names(variables(type));
    own.removeAll(names(method.getTypeParameters()));
    List<TypeMirror> types = MentionedTypes.ofSignature(method, signature);
    makers.forEach(each -> types.addAll(each.getThrownTypes()));
    return MentionedTypes.in(types).variables().stream()
        .anyMatch(each -> own.contains(each.asElement().getSimpleName().toString()));
  }

  private static Set<String> names(List<? extends Element> elements) {
    Set<String> names = new HashSet<>();
    elements.forEach(each -> names.add(each.getSimpleName().toString()));
    return names;
  }

  /** The method's type variables may hide those of the class. */
  private Map<String, String> renamed() {
    Set<String> taken = names(method.getTypeParameters());
    Map<String, String> renamed = new HashMap<>();
    for (String name : names(ofClass)) {
      String free = name;
      while (!taken.add(free)) {
        free += "_";
      }
      renamed.put(name, free);
    }
    return renamed;
  }

  private ParameterSpec parameter(int index) {
    VariableElement parameter = method.getParameters().get(index);
    ParameterSpec.Builder declared =
        ParameterSpec.builder(types.of(typeOf(index)), nameOf(parameter));
    if (TypeNames.nullness(parameter.asType()).isEmpty()) {
      declared.addAnnotations(TypeNames.nullnessOn(parameter));
    }
    return declared.build();
  }

  private TypeMirror typeOf(int index) {
    return signature == method.asType()
        ? method.getParameters().get(index).asType()
        : signature.getParameterTypes().get(index);
  }

  private boolean variable() {
    return method.isVarArgs() && reifiable(typeOf(method.getParameters().size() - 1));
  }

  /** A variable parameter of a generic type would bring a warning that an array does not. */
  private static boolean reifiable(TypeMirror array) {
    TypeMirror component = ((ArrayType) array).getComponentType();
    return component.getKind().isPrimitive()
        || (Names.classOf(component) != null
            && MentionedTypes.in(List.of(component)).classes().size() == 1);
  }

  /** A name like that of a class or of a package would hide it from the wrapper's body. */
  private String nameOf(VariableElement parameter) {
    String name = parameter.getSimpleName().toString();
    boolean hides =
        Character.isUpperCase(name.charAt(0))
            || ROOTS.contains(name)
            || name.equals(Names.packageOf(type).replaceFirst("\\..*", ""));
    return unique(hides ? name + "_" : name);
  }

  private String free(String wanted, String otherwise) {
    return unique(names.contains(wanted) ? otherwise : wanted);
  }

  private String unique(String wanted) {
    String name = wanted;
    while (!names.add(name)) {
      name += "_";
    }
    return name;
  }
}
