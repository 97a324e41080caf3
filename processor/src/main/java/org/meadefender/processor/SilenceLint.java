package org.meadefender.processor;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** Finds the warnings that the user's own declarations would cause in a wrapper. */
final class SilenceLint {
  private final Elements elements;

  SilenceLint(Elements elements) {
    this.elements = elements;
  }

  /** The keys to suppress, in alphabetical order. */
  Set<String> keys(TypeElement type, PlanCall.Plan plan, TypeMirror returned) {
    Set<String> keys = new TreeSet<>();
    plan.called().forEach(each -> deprecated(each, keys));
    deprecated(type, keys);
    for (DeclaredType each : MentionedTypes.in(plan.mentioned()).classes()) {
      TypeElement element = (TypeElement) each.asElement();
      deprecated(element, keys);
      if (each.getTypeArguments().isEmpty() && !element.getTypeParameters().isEmpty()) {
        keys.add("rawtypes");
      }
    }
    // Of what comes back, the wrapper names the class alone.
    MentionedTypes.in(List.of(returned)).classes().stream()
        .limit(1)
        .forEach(each -> deprecated(each.asElement(), keys));
    return keys;
  }

  private void deprecated(Element element, Set<String> keys) {
    for (Element scope = element; scope != null; scope = scope.getEnclosingElement()) {
      boolean counts = scope.equals(element) || scope instanceof TypeElement;
      if (counts && elements.isDeprecated(scope)) {
        Deprecated deprecated = scope.getAnnotation(Deprecated.class);
        keys.add(deprecated != null && deprecated.forRemoval() ? "removal" : "deprecation");
      }
    }
  }
}
