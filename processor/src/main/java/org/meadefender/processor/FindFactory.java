package org.meadefender.processor;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Finds the one method of a class that makes its model.
 *
 * <p>{@code @ModelFactory} decides. Without it, a zoo model's is {@code init()}, and any other
 * class's the only method that returns a model. Methods that the wrapper cannot call, and overloads
 * with parameters, stand back for the others, with a note; whatever else is left is ambiguous.
 */
final class FindFactory {
  private static final String LIBRARY = "org.deeplearning4j.";

  /**
   * The method found.
   *
   * @param model what it makes
   */
  record Factory(ExecutableElement method, ModelTypes.Model model) {}

  private final Members members;
  private final ModelTypes models;
  private final ExplainNoFactory explanation;

  FindFactory(Members members, ModelTypes models) {
    this.members = members;
    this.models = models;
    this.explanation = new ExplainNoFactory(members, models);
  }

  Optional<Factory> in(TypeElement type, List<Finding> findings) {
    List<ExecutableElement> marked =
        members.methods(type, each -> Names.annotation(each, Names.MODEL_FACTORY) != null);
    if (!marked.isEmpty()) {
      return marked(type, marked, findings);
    }
    if (ModelTypes.isZoo(type)) {
      List<ExecutableElement> init =
          members.methods(type, each -> Members.named(each, ModelTypes.ZOO_METHOD));
      return one(type, init.subList(0, 1), findings);
    }
    List<ExecutableElement> all = members.methods(type, each -> mayMakeModel(type, each));
    List<ExecutableElement> callable =
        all.stream().filter(each -> Members.obstacle(type, each) == null).toList();
    List<ExecutableElement> plain =
        callable.stream().filter(each -> each.getParameters().isEmpty()).toList();
    List<ExecutableElement> left = callable.isEmpty() ? all : callable;
    if (plain.size() == 1 && overloaded(callable)) {
      left = plain;
    }
    if (left.isEmpty()) {
      findings.add(nothing(type));
      return Optional.empty();
    }
    Optional<Factory> found = one(type, left, findings);
    if (found.isPresent() && all.size() > 1) {
      ExecutableElement chosen = left.get(0);
      findings.add(
          Finding.of(
              Problem.CHOSEN_FACTORY,
              at(type, chosen),
              "@Protected",
              Names.signature(chosen),
              type.getSimpleName(),
              list(all.stream().filter(each -> !each.equals(chosen)).toList())));
    }
    return found;
  }

  private static boolean overloaded(List<ExecutableElement> methods) {
    return methods.stream().map(ExecutableElement::getSimpleName).distinct().count() == 1;
  }

  private boolean mayMakeModel(TypeElement type, ExecutableElement method) {
    return model(type, method).isPresent() && !Names.packageOf(method).startsWith(LIBRARY);
  }

  private Optional<Factory> marked(
      TypeElement type, List<ExecutableElement> marked, List<Finding> findings) {
    for (ExecutableElement method : marked) {
      if (model(type, method).isEmpty()) {
        TypeMirror returned = returned(type, method);
        Element place = at(type, method);
        AnnotationMirror mirror =
            place.equals(method) ? Names.annotation(method, Names.MODEL_FACTORY) : null;
        Optional<String> missing = MentionedTypes.in(List.of(returned)).missing();
        findings.add(
            missing.isPresent()
                ? missing(type, missing.get())
                : Finding.of(
                        Problem.NOT_A_FACTORY,
                        place,
                        Names.signature(method),
                        TypeNames.plain(returned),
                        explanation.remedy(method, returned))
                    .at(mirror, null));
        return Optional.empty();
      }
    }
    return one(type, marked, findings);
  }

  private Optional<Factory> one(
      TypeElement type, List<ExecutableElement> left, List<Finding> findings) {
    ExecutableElement method = left.get(0);
    if (left.size() > 1) {
      findings.add(
          Finding.of(
              Problem.SEVERAL_FACTORIES,
              type,
              "@Protected",
              type.getSimpleName(),
              left.size() + ": " + list(left)));
      return Optional.empty();
    }
    String obstacle = Members.obstacle(type, method);
    if (obstacle != null) {
      String from = Names.packageOf(type);
      findings.add(
          Finding.of(
              Problem.INACCESSIBLE_FACTORY,
              at(type, method),
              "@Protected",
              Names.signature(method),
              obstacle,
              from.isEmpty() ? "(unnamed)" : from));
      return Optional.empty();
    }
    return model(type, method).map(model -> new Factory(method, model));
  }

  private Finding nothing(TypeElement type) {
    List<TypeMirror> returned = new ArrayList<>();
    members
        .methods(type, each -> !Names.packageOf(each).startsWith(LIBRARY))
        .forEach(each -> returned.add(returned(type, each)));
    String wrapper = Names.wrapperOf(type);
    return MentionedTypes.missingSupertype(type)
        .or(
            () ->
                returned.stream()
                    .flatMap(each -> MentionedTypes.in(List.of(each)).missing().stream())
                    .filter(each -> !each.equals(wrapper))
                    .findFirst())
        .map(missing -> missing(type, missing))
        .orElseGet(() -> explanation.of(type));
  }

  private Optional<ModelTypes.Model> model(TypeElement type, ExecutableElement method) {
    if (Members.named(method, ModelTypes.ZOO_METHOD) && ModelTypes.isZoo(type)) {
      return Optional.of(new ModelTypes.Model(models.initialised(type), false));
    }
    return models.of(returned(type, method));
  }

  private TypeMirror returned(TypeElement type, ExecutableElement method) {
    TypeMirror declared = method.getReturnType();
    return declared.getKind() == TypeKind.TYPEVAR
        ? members.signature(type, method).getReturnType()
        : declared;
  }

  static Finding missing(TypeElement type, String name) {
    return Finding.of(Problem.MISSING_TYPE, type, "@Protected", type.getSimpleName(), name);
  }

  /** Where to report on a method: at itself, or at the class that inherits it. */
  static Element at(TypeElement type, ExecutableElement method) {
    return type.equals(method.getEnclosingElement()) ? method : type;
  }

  private static String list(List<ExecutableElement> methods) {
    return methods.stream().map(Names::signature).collect(joining(", "));
  }
}
