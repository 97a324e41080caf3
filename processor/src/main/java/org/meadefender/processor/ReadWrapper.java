package org.meadefender.processor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads an annotated class into what is written for it. */
final class ReadWrapper {
  private final Elements elements;
  private final Types types;
  private final Members members;
  private final FindFactory finder;
  private final SilenceLint lint;
  private final SourceTrees trees;
  private final Map<String, Boolean> visible = new HashMap<>();

  ReadWrapper(ProcessingEnvironment environment, SourceTrees trees) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
    this.members = new Members(types);
    this.finder = new FindFactory(members, new ModelTypes(members));
    this.lint = new SilenceLint(elements);
    this.trees = trees;
  }

  /**
   * The wrapper, unless nothing can be written that compiles; and what is wrong or doubtful. Wrong
   * values do not stop the wrapper, so that their errors stand alone.
   */
  Optional<Wrapper> of(TypeElement type, List<Finding> findings) {
    List<Watermark> watermarks = ReadWatermarks.of(type, findings);
    boolean readable = findings.isEmpty();
    findings.addAll(CheckWatermarks.of(watermarks));
    Optional<FindFactory.Factory> factory = factory(type, findings);
    if (factory.isEmpty()) {
      return Optional.empty();
    }
    PlanCall.Plan plan = PlanCall.of(type, factory.get().method(), members);
    Optional<Finding> obstacle = obstacle(type, factory.get(), plan);
    obstacle.ifPresent(findings::add);
    return readable && obstacle.isEmpty()
        ? Optional.of(wrapper(type, watermarks, factory.get(), plan))
        : Optional.empty();
  }

  private Optional<FindFactory.Factory> factory(TypeElement type, List<Finding> findings) {
    if (!visible(type, Names.RUNTIME)) {
      findings.add(
          Finding.of(Problem.NO_RUNTIME, type, "@Protected", type.getSimpleName(), Names.RUNTIME));
      return Optional.empty();
    }
    for (Element scope = type; scope instanceof TypeElement; scope = scope.getEnclosingElement()) {
      if (scope.getModifiers().contains(Modifier.PRIVATE)) {
        findings.add(Finding.of(Problem.PRIVATE_CLASS, type, "@Protected", scope.getSimpleName()));
        return Optional.empty();
      }
    }
    return finder.in(type, findings);
  }

  /** A type that the wrapper would have to name and cannot. */
  private Optional<Finding> obstacle(
      TypeElement type, FindFactory.Factory factory, PlanCall.Plan plan) {
    Optional<String> missing = MentionedTypes.in(plan.mentioned()).missing();
    if (missing.isPresent()) {
      return Optional.of(FindFactory.missing(type, missing.get()));
    }
    List<TypeMirror> named = new ArrayList<>(plan.mentioned());
    named.add(types.erasure(factory.method().getReturnType()));
    String from = Names.packageOf(type);
    return MentionedTypes.in(named).classes().stream()
        .map(DeclaredType::asElement)
        .map(TypeElement.class::cast)
        .filter(each -> !Members.nameable(each, from))
        .findFirst()
        .map(
            hidden ->
                Finding.of(
                    Problem.HIDDEN_TYPE,
                    FindFactory.at(type, factory.method()),
                    "@Protected",
                    Names.signature(factory.method()),
                    hidden.getSimpleName(),
                    from.isEmpty() ? "(unnamed)" : from));
  }

  private Wrapper wrapper(
      TypeElement type,
      List<Watermark> watermarks,
      FindFactory.Factory factory,
      PlanCall.Plan plan) {
    boolean isPublic = true;
    for (Element scope = type; scope instanceof TypeElement; scope = scope.getEnclosingElement()) {
      isPublic &= scope.getModifiers().contains(Modifier.PUBLIC);
    }
    boolean generated = visible(type, Names.GENERATED);
    Set<String> suppressed = lint.keys(type, plan, factory.method().getReturnType());
    if (!isPublic && trees.isAuxiliary(type)) {
      suppressed.add("auxiliaryclass");
    }
    if (isPublic && generated && !module(type).isEmpty()) {
      suppressed.add("exports");
    }
    return new Wrapper(
        type,
        isPublic,
        generated,
        List.copyOf(suppressed),
        watermarks,
        factory.model(),
        plan.call());
  }

  private String module(TypeElement type) {
    ModuleElement module = elements.getModuleOf(type);
    return module == null ? "" : module.getQualifiedName().toString();
  }

  private boolean visible(TypeElement from, String name) {
    // Looking for a class is slow; the answer is the same for a whole module.
    return visible.computeIfAbsent(
        module(from) + "/" + name,
        each -> {
          ModuleElement module = elements.getModuleOf(from);
          return (module == null
                  ? elements.getTypeElement(name)
                  : elements.getTypeElement(module, name))
              != null;
        });
  }
}
