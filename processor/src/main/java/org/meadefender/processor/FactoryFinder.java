package org.meadefender.processor;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;
import org.meadefender.annotations.ModelFactory;

/** Finds the one method of a class that makes its model. */
final class FactoryFinder {
  private static final String ZOO_METHOD = "init";

  /**
   * The chosen method.
   *
   * @param model what the wrapper trains
   */
  record Choice(ExecutableElement method, ModelTypes.Model model) {}

  private final Elements elements;
  private final Members members;
  private final ModelTypes models;

  FactoryFinder(Elements elements, Members members, ModelTypes models) {
    this.elements = elements;
    this.members = members;
    this.models = models;
  }

  Result<Choice> find(ClassDeclaration declaration) {
    TypeElement type = declaration.type();
    List<ExecutableElement> methods = members.methods(type);
    List<ExecutableElement> marked =
        methods.stream().filter(each -> each.getAnnotation(ModelFactory.class) != null).toList();
    if (!marked.isEmpty()) {
      return marked(declaration, marked);
    }
    if (models.isZoo(type.asType())) {
      for (ExecutableElement method : methods) {
        if (method.getSimpleName().contentEquals(ZOO_METHOD) && method.getParameters().isEmpty()) {
          return Result.valid(new Choice(method, initialised(type)));
        }
      }
    }
    List<Choice> choices = new ArrayList<>();
    for (ExecutableElement method : methods) {
      model(type, method).ifPresent(model -> choices.add(new Choice(method, model)));
    }
    return choose(declaration, choices, methods);
  }

  private Result<Choice> marked(ClassDeclaration declaration, List<ExecutableElement> marked) {
    TypeElement type = declaration.type();
    List<Choice> choices = new ArrayList<>();
    for (ExecutableElement method : marked) {
      TypeMirror returned = returnType(type, method);
      Optional<ModelTypes.Model> model = model(type, method);
      if (model.isPresent()) {
        choices.add(new Choice(method, model.get()));
      } else {
        Position position = new Position(at(type, method), markOf(type, method), null);
        return Result.invalid(
            MissingTypes.in(returned)
                .map(name -> MissingTypes.finding(declaration, name))
                .orElseGet(
                    () ->
                        Finding.of(Problem.NOT_A_FACTORY, position, signature(method), returned)));
      }
    }
    return one(declaration, choices);
  }

  private Result<Choice> choose(
      ClassDeclaration declaration, List<Choice> choices, List<ExecutableElement> methods) {
    TypeElement type = declaration.type();
    PackageElement from = elements.getPackageOf(type);
    List<Choice> visible =
        choices.stream().filter(each -> members.accessible(each.method, from)).toList();
    List<Choice> plain =
        visible.stream().filter(each -> each.method.getParameters().isEmpty()).toList();
    if (!visible.isEmpty()) {
      return one(declaration, plain.isEmpty() ? visible : plain);
    }
    if (!choices.isEmpty()) {
      return one(declaration, choices.subList(0, 1));
    }
    return Result.invalid(
        MissingTypes.inSupertypes(type)
            .or(
                () ->
                    methods.stream()
                        .flatMap(each -> MissingTypes.in(returnType(type, each)).stream())
                        .filter(name -> !name.equals(WrapperNames.of(type).simpleName()))
                        .findFirst())
            .map(name -> MissingTypes.finding(declaration, name))
            .orElseGet(
                () ->
                    Finding.of(
                        Problem.NO_FACTORY,
                        Position.of(type),
                        declaration.annotation(),
                        type.getSimpleName())));
  }

  private Result<Choice> one(ClassDeclaration declaration, List<Choice> choices) {
    TypeElement type = declaration.type();
    if (choices.size() > 1) {
      String list = choices.stream().map(each -> signature(each.method)).collect(joining(", "));
      return Result.invalid(
          Finding.of(
              Problem.SEVERAL_FACTORIES,
              Position.of(type),
              declaration.annotation(),
              type.getSimpleName(),
              choices.size() + ": " + list));
    }
    ExecutableElement method = choices.get(0).method;
    PackageElement from = elements.getPackageOf(type);
    if (!members.accessible(method, from)) {
      String access =
          method.getModifiers().contains(Modifier.PRIVATE)
              ? "private"
              : "limited to package " + elements.getPackageOf(method).getQualifiedName();
      return Result.invalid(
          Finding.of(
              Problem.INACCESSIBLE_FACTORY,
              Position.of(at(type, method)),
              declaration.annotation(),
              signature(method),
              access,
              nameOf(from)));
    }
    return Result.valid(choices.get(0));
  }

  private Optional<ModelTypes.Model> model(TypeElement type, ExecutableElement method) {
    return method.getSimpleName().contentEquals(ZOO_METHOD) && models.isZoo(type.asType())
        ? Optional.of(initialised(type))
        : models.classify(returnType(type, method));
  }

  private ModelTypes.Model initialised(TypeElement zoo) {
    return new ModelTypes.Model(ModelTypes.Kind.DIRECT, models.initialised(zoo.asType()));
  }

  private TypeMirror returnType(TypeElement type, ExecutableElement method) {
    return members.returnType((DeclaredType) type.asType(), method);
  }

  /** Where to report on a method: at itself, or at the class that inherits it. */
  static Element at(TypeElement type, ExecutableElement method) {
    return type.equals(method.getEnclosingElement()) ? method : type;
  }

  private static @Nullable AnnotationMirror markOf(TypeElement type, ExecutableElement method) {
    return at(type, method).equals(type)
        ? null
        : method.getAnnotationMirrors().stream()
            .filter(
                each -> each.getAnnotationType().toString().equals(ModelFactory.class.getName()))
            .findFirst()
            .orElse(null);
  }

  static String nameOf(PackageElement each) {
    return each.isUnnamed() ? "(unnamed)" : each.getQualifiedName().toString();
  }

  static String signature(ExecutableElement method) {
    return method.getSimpleName()
        + method.getParameters().stream()
            .map(each -> each.asType().toString())
            .collect(joining(", ", "(", ")"));
  }
}
