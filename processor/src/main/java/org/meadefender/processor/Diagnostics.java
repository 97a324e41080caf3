package org.meadefender.processor;

import java.util.Arrays;
import java.util.List;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Reports findings to the compiler; nothing else talks to it. */
final class Diagnostics {
  private final Messager messager;

  Diagnostics(Messager messager) {
    this.messager = messager;
  }

  void report(List<Finding> findings) {
    findings.forEach(this::report);
  }

  void report(Finding finding) {
    Position position = finding.position();
    Problem problem = finding.problem();
    if (problem.kind() != Diagnostic.Kind.ERROR && suppressed(position.element())) {
      return;
    }
    if (position.mirror() == null) {
      messager.printMessage(problem.kind(), finding.message(), position.element());
    } else if (position.value() == null) {
      messager.printMessage(
          problem.kind(), finding.message(), position.element(), position.mirror());
    } else {
      messager.printMessage(
          problem.kind(),
          finding.message(),
          position.element(),
          position.mirror(),
          position.value());
    }
  }

  private static boolean suppressed(Element element) {
    for (Element scope = element; scope != null; scope = scope.getEnclosingElement()) {
      SuppressWarnings suppress = scope.getAnnotation(SuppressWarnings.class);
      if (suppress != null && Arrays.asList(suppress.value()).contains(Problem.SUPPRESS_KEY)) {
        return true;
      }
    }
    return false;
  }
}
