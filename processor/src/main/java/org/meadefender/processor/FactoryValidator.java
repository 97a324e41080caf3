package org.meadefender.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Checks that a factory method can be called from the wrapper, and plans the call. */
final class FactoryValidator {
  private final Elements elements;
  private final Types types;
  private final Lint lint;
  private final Members members;

  FactoryValidator(Elements elements, Types types, Members members) {
    this.elements = elements;
    this.types = types;
    this.lint = new Lint(elements);
    this.members = members;
  }

  Result<Factory> validate(ClassDeclaration declaration, FactoryFinder.Choice choice) {
    TypeElement type = declaration.type();
    ExecutableElement method = choice.method();
    ExecutableType signature =
        (ExecutableType) types.asMemberOf((DeclaredType) type.asType(), method);
    Optional<String> unknown =
        Stream.concat(signature.getParameterTypes().stream(), signature.getThrownTypes().stream())
            .flatMap(each -> MissingTypes.in(each).stream())
            .findFirst();
    if (unknown.isPresent()) {
      return Result.invalid(MissingTypes.finding(declaration, unknown.get()));
    }
    Optional<TypeElement> hidden = hidden(type, method, signature);
    if (hidden.isPresent()) {
      return Result.invalid(
          Finding.of(
              Problem.HIDDEN_TYPE,
              Position.of(FactoryFinder.at(type, method)),
              declaration.annotation(),
              FactoryFinder.signature(method),
              hidden.get().getSimpleName(),
              FactoryFinder.nameOf(elements.getPackageOf(type))));
    }
    if (method.getModifiers().contains(Modifier.STATIC)) {
      return Result.valid(plan(type, choice, signature, Factory.Receiver.CLASS, Optional.empty()));
    }
    boolean isEnum = type.getKind() == ElementKind.ENUM;
    if (!isEnum && type.getModifiers().contains(Modifier.ABSTRACT)) {
      return refuse(Problem.ABSTRACT_CLASS, declaration, method);
    }
    if (type.getNestingKind() == NestingKind.MEMBER
        && !type.getModifiers().contains(Modifier.STATIC)) {
      return refuse(Problem.INNER_CLASS, declaration, method);
    }
    Optional<ExecutableElement> constructor = members.constructor(type);
    if (!isEnum && constructor.isPresent()) {
      return Result.valid(plan(type, choice, signature, Factory.Receiver.NEW, constructor));
    }
    Optional<ExecutableElement> builder = members.builder(type);
    if (builder.isPresent()) {
      return Result.valid(plan(type, choice, signature, Factory.Receiver.BUILDER, builder));
    }
    if (type.getKind() != ElementKind.CLASS) {
      return Result.valid(
          plan(type, choice, signature, Factory.Receiver.ARGUMENT, Optional.empty()));
    }
    return refuse(Problem.NO_CONSTRUCTOR, declaration, method);
  }

  /** A type of the method's signature that the wrapper may not name. */
  private Optional<TypeElement> hidden(
      TypeElement type, ExecutableElement method, ExecutableType signature) {
    PackageElement from = elements.getPackageOf(type);
    List<TypeMirror> mentioned = new ArrayList<>(signature.getParameterTypes());
    mentioned.addAll(signature.getThrownTypes());
    mentioned.add(types.erasure(signature.getReturnType()));
    method.getTypeParameters().forEach(each -> mentioned.addAll(each.getBounds()));
    return mentioned.stream()
        .flatMap(each -> MentionedTypes.in(each).stream())
        .map(each -> (TypeElement) each.asElement())
        .filter(each -> !members.nameable(each, from))
        .findFirst();
  }

  private Result<Factory> refuse(
      Problem problem, ClassDeclaration declaration, ExecutableElement method) {
    TypeElement type = declaration.type();
    return Result.invalid(
        Finding.of(
            problem,
            Position.of(type),
            declaration.annotation(),
            type.getSimpleName(),
            FactoryFinder.signature(method)));
  }

  private Factory plan(
      TypeElement type,
      FactoryFinder.Choice choice,
      ExecutableType signature,
      Factory.Receiver receiver,
      Optional<ExecutableElement> creator) {
    ExecutableElement method = choice.method();
    List<TypeVariableName> arguments =
        method.getTypeParameters().stream().map(TypeVariableName::get).toList();
    List<TypeVariableName> variables = new ArrayList<>(arguments);
    ClassName name = ClassName.get(type);
    TypeName instance = name;
    if (!type.getTypeParameters().isEmpty() && receiver != Factory.Receiver.CLASS) {
      // Only parameters can say what the type arguments are; without any, they do not matter.
      boolean free = !signature.getParameterTypes().isEmpty();
      List<TypeVariableName> own =
          type.getTypeParameters().stream().map(TypeVariableName::get).toList();
      TypeName[] ofType =
          free
              ? own.toArray(TypeName[]::new)
              : own.stream()
                  .map(each -> WildcardTypeName.subtypeOf(Object.class))
                  .toArray(TypeName[]::new);
      instance = ParameterizedTypeName.get(name, ofType);
      if (free) {
        variables.addAll(0, own);
      }
    }
    List<TypeName> thrown = new ArrayList<>();
    creator.ifPresent(
        each -> each.getThrownTypes().forEach(exception -> thrown.add(TypeName.get(exception))));
    signature.getThrownTypes().forEach(exception -> thrown.add(TypeName.get(exception)));
    List<Factory.Parameter> parameters = parameters(method, signature);
    return new Factory(
        receiver,
        instance,
        method.getSimpleName().toString(),
        parameters,
        method.isVarArgs() && reifiable(parameters),
        List.copyOf(variables),
        arguments,
        thrown.stream().distinct().toList(),
        lint.keys(type, method, creator, signature),
        choice.model());
  }

  private static List<Factory.Parameter> parameters(
      ExecutableElement method, ExecutableType signature) {
    List<Factory.Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < method.getParameters().size(); i++) {
      VariableElement parameter = method.getParameters().get(i);
      TypeName type = TypeName.get(signature.getParameterTypes().get(i));
      List<AnnotationSpec> onType = nullness(parameter.asType().getAnnotationMirrors());
      List<AnnotationSpec> onParameter =
          onType.isEmpty() ? nullness(parameter.getAnnotationMirrors()) : List.of();
      parameters.add(
          new Factory.Parameter(
              onType.isEmpty() ? type : type.annotated(onType),
              parameter.getSimpleName().toString(),
              onParameter));
    }
    return List.copyOf(parameters);
  }

  private static List<AnnotationSpec> nullness(List<? extends AnnotationMirror> annotations) {
    return annotations.stream()
        .filter(
            each -> each.getAnnotationType().asElement().getSimpleName().contentEquals("Nullable"))
        .map(AnnotationSpec::get)
        .toList();
  }

  /** A variable parameter of a generic type would bring a warning that an array does not. */
  private static boolean reifiable(List<Factory.Parameter> parameters) {
    TypeName last = parameters.get(parameters.size() - 1).type();
    return last instanceof ArrayTypeName array
        && (array.componentType() instanceof ClassName || array.componentType().isPrimitive());
  }
}
