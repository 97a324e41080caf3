package org.meadefender.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** Finds the warnings that the user's own declarations would cause in a wrapper. */
final class Lint {
  private final Elements elements;

  Lint(Elements elements) {
    this.elements = elements;
  }

  /** The keys to suppress, in alphabetical order. */
  List<String> keys(
      TypeElement type,
      ExecutableElement method,
      Optional<ExecutableElement> creator,
      ExecutableType signature) {
    Set<String> keys = new TreeSet<>();
    List<Element> named = new ArrayList<>(List.of(method));
    creator.ifPresent(named::add);
    for (Element scope = type; scope instanceof TypeElement; scope = scope.getEnclosingElement()) {
      named.add(scope);
    }
    for (TypeMirror parameter : signature.getParameterTypes()) {
      for (DeclaredType declared : MentionedTypes.in(parameter)) {
        TypeElement element = (TypeElement) declared.asElement();
        named.add(element);
        if (declared.getTypeArguments().isEmpty() && !element.getTypeParameters().isEmpty()) {
          keys.add("rawtypes");
        }
      }
    }
    for (Element element : named) {
      if (elements.isDeprecated(element)) {
        Deprecated deprecated = element.getAnnotation(Deprecated.class);
        keys.add(deprecated != null && deprecated.forRemoval() ? "removal" : "deprecation");
      }
    }
    return List.copyOf(keys);
  }
}
