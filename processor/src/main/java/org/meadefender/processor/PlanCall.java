package org.meadefender.processor;

import static java.util.stream.Collectors.joining;

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
  /** Names that a parameter would hide from the wrapper's body, where they begin a package's. */
  private static final Set<String> ROOTS = Set.of("java", "javax", "org");

  private final TypeElement type;
  private final ExecutableElement method;
  private final ExecutableType signature;
  private final List<ExecutableElement> makers;
  private final boolean passed;
  private final List<TypeParameterElement> ofClass;
  private final TypeText textOfClass;
  private final TypeText text = new TypeText(Map.of());
  private final Set<String> names = new HashSet<>();

  private PlanCall(TypeElement type, ExecutableElement method, Members members) {
    this.type = type;
    this.method = method;
    this.signature = members.signature(type, method);
    boolean onClass = Names.isStatic(method);
    this.makers = onClass ? List.of() : makers(type, members);
    this.passed = !onClass && makers.isEmpty();
    this.ofClass = onClass || !namesOwnVariables() ? List.of() : variables(type);
    this.textOfClass = new TypeText(renamed());
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
    List<String> arguments = new ArrayList<>();
    List<String> declared = new ArrayList<>();
    for (int i = 0; i < method.getParameters().size(); i++) {
      VariableElement parameter = method.getParameters().get(i);
      String name = nameOf(parameter);
      arguments.add(name);
      declared.add(typeOf(parameter, i) + " " + name);
    }
    String key = free("key", "ownerKey");
    String source = free("source", "modelSource");
    if (passed) {
      declared.add(0, instance() + " " + source);
    }
    declared.add(0, "‹org.meadefender.spec/OwnerKey› " + key);
    List<TypeMirror> mentioned = MentionedTypes.ofSignature(method, signature);
    mentioned.addAll(MentionedTypes.bounds(ofClass));
    List<ExecutableElement> called = new ArrayList<>(makers);
    called.add(method);
    Call call =
        new Call(
            Stream.concat(
                    ofClass.stream().map(textOfClass::ofVariable),
                    method.getTypeParameters().stream().map(text::ofVariable))
                .toList(),
            declared,
            thrown(),
            key,
            free("network", "anyNetwork"),
            receiver(source) + "." + typeArguments() + method.getSimpleName() + list(arguments),
            Names.nested(type) + "." + method.getSimpleName() + "()",
            Stream.concat(
                    ofClass.stream().map(textOfClass::nameOf),
                    method.getTypeParameters().stream().map(text::nameOf))
                .toList());
    return new Plan(call, called, mentioned);
  }

  private List<String> thrown() {
    return Stream.concat(
            makers.stream().flatMap(each -> each.getThrownTypes().stream()).map(textOfClass::of),
            signature.getThrownTypes().stream().map(text::of))
        .distinct()
        .toList();
  }

  private String receiver(String source) {
    String name = TypeText.name(type);
    if (Names.isStatic(method)) {
      return name;
    }
    if (passed) {
      return source;
    }
    if (makers.size() > 1) {
      return name + ".builder().build()";
    }
    return "new "
        + name
        + (type.getTypeParameters().isEmpty()
            ? ""
            : ofClass.stream().map(textOfClass::nameOf).collect(joining(", ", "<", ">")))
        + "()";
  }

  /** Spelled out, because inference fails for wildcards. */
  private String typeArguments() {
    return method.getTypeParameters().isEmpty()
        ? ""
        : method.getTypeParameters().stream().map(text::nameOf).collect(joining(", ", "<", ">"));
  }

  private static String list(List<String> arguments) {
    return "(" + String.join(", ", arguments) + ")";
  }

  /** The class as a type, with its variables, or with wildcards where nothing names these. */
  private String instance() {
    boolean free = !ofClass.isEmpty();
    StringBuilder name = new StringBuilder();
    for (Element scope = type;
        scope instanceof TypeElement each;
        scope = each.getEnclosingElement()) {
      boolean outermost = !Names.isInner(each);
      String arguments =
          each.getTypeParameters().isEmpty()
              ? ""
              : each.getTypeParameters().stream()
                  .map(variable -> free ? textOfClass.nameOf(variable) : "?")
                  .collect(joining(", ", "<", ">"));
      name.insert(0, (outermost ? TypeText.name(each) : "." + each.getSimpleName()) + arguments);
      if (outermost) {
        break;
      }
    }
    return name.toString();
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

  private String typeOf(VariableElement parameter, int index) {
    TypeMirror type = parameter.asType();
    if (signature != method.asType()) {
      type = signature.getParameterTypes().get(index);
    }
    boolean last = index == method.getParameters().size() - 1;
    String spelled =
        last && method.isVarArgs() && reifiable(type) ? text.ofVariable(type) : text.of(type);
    return TypeText.nullness(parameter.asType()).isEmpty()
        ? TypeText.nullnessOn(parameter) + spelled
        : spelled;
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
