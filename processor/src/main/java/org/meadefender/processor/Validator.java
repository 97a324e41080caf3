package org.meadefender.processor;

import com.palantir.javapoet.ClassName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;

/** Turns a declaration into what the writer needs, or into findings. */
final class Validator {
  private static final String GENERATED = "javax.annotation.processing.Generated";

  /**
   * A valid class.
   *
   * @param warnings findings that do not stop the wrapper
   */
  record Accepted(WrapperModel wrapper, List<Finding> warnings) {}

  private final Elements elements;
  private final FactoryFinder finder;
  private final FactoryValidator factories;
  private final Map<String, Boolean> visible = new HashMap<>();

  Validator(Elements elements, FactoryFinder finder, FactoryValidator factories) {
    this.elements = elements;
    this.finder = finder;
    this.factories = factories;
  }

  Result<Accepted> validate(ClassDeclaration declaration) {
    List<Finding> findings = new ArrayList<>(declaration.unreadable());
    findings.addAll(MarkValidator.check(declaration.marks()));
    Result<Factory> factory = factory(declaration);
    if (factory instanceof Result.Invalid<Factory> invalid) {
      findings.addAll(invalid.findings());
    }
    boolean wrong =
        findings.stream().anyMatch(each -> each.problem().kind() == Diagnostic.Kind.ERROR);
    if (wrong || !(factory instanceof Result.Valid<Factory> valid)) {
      return new Result.Invalid<>(List.copyOf(findings));
    }
    return Result.valid(new Accepted(wrapper(declaration, valid.value()), List.copyOf(findings)));
  }

  private Result<Factory> factory(ClassDeclaration declaration) {
    TypeElement type = declaration.type();
    if (!visible(type, WrapperTypes.PROTECTED_MODEL.canonicalName())) {
      return Result.invalid(
          Finding.of(
              Problem.NO_RUNTIME,
              Position.of(type),
              declaration.annotation(),
              type.getSimpleName(),
              WrapperTypes.PROTECTED_MODEL));
    }
    for (Element scope = type; scope instanceof TypeElement; scope = scope.getEnclosingElement()) {
      if (scope.getModifiers().contains(Modifier.PRIVATE)) {
        return Result.invalid(
            Finding.of(
                Problem.PRIVATE_CLASS,
                Position.of(type),
                declaration.annotation(),
                scope.getSimpleName()));
      }
    }
    Result<FactoryFinder.Choice> choice = finder.find(declaration);
    if (choice instanceof Result.Valid<FactoryFinder.Choice> valid) {
      return factories.validate(declaration, valid.value());
    }
    return new Result.Invalid<>(((Result.Invalid<FactoryFinder.Choice>) choice).findings());
  }

  private WrapperModel wrapper(ClassDeclaration declaration, Factory factory) {
    TypeElement type = declaration.type();
    return new WrapperModel(
        type,
        ClassName.get(type),
        WrapperNames.of(type),
        isPublic(type),
        visible(type, GENERATED),
        declaration.marks().stream().map(MarkValidator::accept).toList(),
        factory);
  }

  private static boolean isPublic(TypeElement type) {
    for (Element scope = type; scope instanceof TypeElement; scope = scope.getEnclosingElement()) {
      if (!scope.getModifiers().contains(Modifier.PUBLIC)) {
        return false;
      }
    }
    return true;
  }

  private boolean visible(TypeElement from, String name) {
    ModuleElement module = elements.getModuleOf(from);
    // Looking for a class is slow; the answer is the same for a whole module.
    return visible.computeIfAbsent(
        (module == null ? "" : module.getQualifiedName()) + "/" + name,
        each ->
            (module == null ? elements.getTypeElement(name) : elements.getTypeElement(module, name))
                != null);
  }
}
