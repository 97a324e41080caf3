package org.meadefender.processor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** Finds methods that are marked with {@code @ModelFactory} in classes that nobody protects. */
final class FindUnusedFactories {
  private final List<Element> factories = new ArrayList<>();
  private final Set<String> used = new HashSet<>();

  void marked(Collection<? extends Element> methods) {
    factories.addAll(methods);
  }

  /** The class uses its own methods and those of its supertypes. */
  void isProtected(TypeElement type) {
    if (used.add(type.getQualifiedName().toString())) {
      supertype(type.getSuperclass());
      type.getInterfaces().forEach(this::supertype);
    }
  }

  private void supertype(TypeMirror mirror) {
    TypeElement type = Names.classOf(mirror);
    if (type != null) {
      isProtected(type);
    }
  }

  /** Of this round; in a later one, the compiler does not know where they stand. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Element factory : factories) {
      if (factory.getEnclosingElement() instanceof TypeElement owner
          && !owner.getModifiers().contains(Modifier.ABSTRACT)
          && !used.contains(owner.getQualifiedName().toString())) {
        findings.add(
            Finding.of(
                    Problem.UNUSED_FACTORY,
                    factory,
                    factory.getSimpleName() + "()",
                    owner.getSimpleName())
                .at(Names.annotation(factory, Names.MODEL_FACTORY), null));
      }
    }
    factories.clear();
    return findings;
  }
}
