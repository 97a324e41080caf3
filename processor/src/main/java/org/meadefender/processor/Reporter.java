package org.meadefender.processor;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/** Reports findings to the compiler; nothing else talks to it. */
final class Reporter {
  private static final String KOTLINS_SUPPRESS = "kotlin.Suppress";

  private final Messager messager;
  private final boolean verbose;

  Reporter(Messager messager, boolean verbose) {
    this.messager = messager;
    this.verbose = verbose;
  }

  void report(List<Finding> findings) {
    findings.forEach(this::report);
  }

  void report(Finding finding) {
    Diagnostic.Kind kind = finding.problem().kind();
    if (kind != Diagnostic.Kind.ERROR && suppressed(finding.element())) {
      return;
    }
    if (finding.mirror() == null) {
      messager.printMessage(kind, finding.message(), finding.element());
    } else if (finding.value() == null) {
      messager.printMessage(kind, finding.message(), finding.element(), finding.mirror());
    } else {
      messager.printMessage(
          kind, finding.message(), finding.element(), finding.mirror(), finding.value());
    }
  }

  /** Whatever goes wrong must reach the user as a line in the source, not as a stack trace. */
  void failed(TypeElement type, Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    String failure = thrown + (trace.length == 0 ? "" : " at " + trace[0]);
    report(Finding.of(Problem.INTERNAL, type, "@Protected", type.getSimpleName(), failure));
    if (verbose) {
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text, true));
      messager.printMessage(Diagnostic.Kind.NOTE, text.toString(), type);
    }
  }

  private static boolean suppressed(Element element) {
    for (Element scope = element; scope != null; scope = scope.getEnclosingElement()) {
      SuppressWarnings suppress = scope.getAnnotation(SuppressWarnings.class);
      if (suppress != null && Arrays.asList(suppress.value()).contains(Problem.SUPPRESS_KEY)) {
        return true;
      }
      AnnotationMirror kotlins = Names.annotation(scope, KOTLINS_SUPPRESS);
      if (kotlins != null
          && kotlins.getElementValues().values().stream()
              .map(AnnotationValue::toString)
              .anyMatch(each -> each.contains('"' + Problem.SUPPRESS_KEY + '"'))) {
        return true;
      }
    }
    return false;
  }
}
