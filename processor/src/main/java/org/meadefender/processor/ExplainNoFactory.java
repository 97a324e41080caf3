package org.meadefender.processor;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;

/** Says why a class has no method that makes its model, and what to do: the nearest miss. */
final class ExplainNoFactory {
  private static final Set<String> BUILDERS =
      Set.of(
          "org.deeplearning4j.nn.conf.NeuralNetConfiguration.Builder",
          "org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder",
          "org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder");
  private static final String ANY_MODEL = "org.deeplearning4j.nn.api.Model";
  private static final String CONTINUATION = "kotlin.coroutines.Continuation";
  private static final String KOTLIN = "kotlin.Metadata";
  private static final String NONE =
      "none returns MultiLayerConfiguration, ComputationGraphConfiguration, MultiLayerNetwork,"
          + " ComputationGraph or ZooModel";

  private final Members members;
  private final ModelTypes models;

  ExplainNoFactory(Members members, ModelTypes models) {
    this.members = members;
    this.models = models;
  }

  Finding of(TypeElement type) {
    return type.getKind() == ElementKind.ANNOTATION_TYPE
        ? finding(
            type,
            "is an annotation",
            "Put @Protected on the model class itself; constants can hold common values.")
        : nearMiss(type)
            .or(() -> companion(type))
            .or(() -> holder(type))
            .orElseGet(() -> none(type));
  }

  /** What is to be done with a method that returns something else. */
  String remedy(ExecutableElement method, TypeMirror returned) {
    TypeElement declared = Names.classOf(returned);
    if (declared != null && BUILDERS.contains(declared.getQualifiedName().toString())) {
      String list =
          declared.getSimpleName().contentEquals("Builder") ? ".list()….build()" : ".build()";
      return "End it with " + list + ".";
    }
    if (declared != null && Names.isNamed(declared, ANY_MODEL)) {
      return "Declare the network that it is: MultiLayerNetwork or ComputationGraph.";
    }
    if (suspends(method)) {
      return "Make it an ordinary function: the wrapper cannot call one that suspends.";
    }
    return within(returned)
        .map(each -> "Return the " + each + " itself.")
        .orElse("Return one of these, or move the annotation.");
  }

  private Optional<Finding> nearMiss(TypeElement type) {
    for (ExecutableElement method : members.methods(type, each -> true)) {
      TypeMirror returned = members.signature(type, method).getReturnType();
      TypeElement declared = Names.classOf(returned);
      boolean near =
          suspends(method)
              || within(returned).isPresent()
              || (declared != null
                  && (Names.isNamed(declared, ANY_MODEL)
                      || BUILDERS.contains(declared.getQualifiedName().toString())));
      if (near && !Names.packageOf(method).startsWith("org.deeplearning4j.")) {
        String what =
            suspends(method) ? " is a suspend function" : " returns " + TypeNames.plain(returned);
        return Optional.of(
            finding(
                type,
                "has only " + Names.signature(method) + ", which" + what,
                remedy(method, returned)));
      }
    }
    return Optional.empty();
  }

  /** In Kotlin, a companion's function is no method of the class. */
  private Optional<Finding> companion(TypeElement type) {
    for (TypeElement nested : ElementFilter.typesIn(type.getEnclosedElements())) {
      boolean isCompanion =
          ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
              .anyMatch(
                  each ->
                      each.getSimpleName().equals(nested.getSimpleName())
                          && nested.equals(Names.classOf(each.asType())));
      List<ExecutableElement> found =
          members.methods(nested, each -> models.of(each.getReturnType()).isPresent());
      if (isCompanion && !found.isEmpty()) {
        String name = found.get(0).getSimpleName().toString();
        return Optional.of(
            finding(
                type,
                "has only "
                    + name
                    + "() of its companion object, which Java does not see as its own",
                "Mark " + name + "() with @JvmStatic."));
      }
    }
    return Optional.empty();
  }

  /** A class that holds a model, is one, or makes it where nobody can take it. */
  private Optional<Finding> holder(TypeElement type) {
    if (models.of(type.asType()).isPresent()) {
      return Optional.of(
          finding(
              type,
              "is a network itself",
              "Add a static method that returns a new " + type.getSimpleName() + "."));
    }
    for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
      if (models.of(field.asType()).isPresent()) {
        return Optional.of(
            finding(
                type,
                "has it only in its field " + field.getSimpleName(),
                "Add a method that makes and returns it."));
      }
    }
    for (Element each : members.methods(type, each -> each.getSimpleName().contentEquals("main"))) {
      return Optional.of(
          finding(
              type,
              "has only " + each.getSimpleName(),
              "Move the configuration out of main, into a method that returns it."));
    }
    return Optional.empty();
  }

  private static Finding none(TypeElement type) {
    return Names.annotation(type, KOTLIN) == null
        ? finding(type, NONE, "Add one, or extend ZooModel.")
        : finding(
            type,
            NONE + " where Java can see it",
            "Add one without parameters of value classes, which hide a function from Java.");
  }

  private static Finding finding(TypeElement type, String cause, String remedy) {
    return Finding.of(Problem.NO_FACTORY, type, "@Protected", type.getSimpleName(), cause, remedy);
  }

  private static boolean suspends(ExecutableElement method) {
    return method.getParameters().stream()
        .map(each -> Names.classOf(each.asType()))
        .anyMatch(each -> each != null && Names.isNamed(each, CONTINUATION));
  }

  /** The model in a container, such as Optional or Supplier. */
  private Optional<String> within(TypeMirror type) {
    if (type instanceof DeclaredType declared) {
      for (TypeMirror argument : declared.getTypeArguments()) {
        TypeMirror held =
            argument instanceof WildcardType wildcard && wildcard.getExtendsBound() != null
                ? wildcard.getExtendsBound()
                : argument;
        if (models.of(held).isPresent()) {
          return Optional.of(TypeNames.plain(held));
        }
      }
    }
    return Optional.empty();
  }
}
