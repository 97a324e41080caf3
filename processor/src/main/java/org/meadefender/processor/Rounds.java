package org.meadefender.processor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Takes classes through the rounds of a compilation.
 *
 * <p>A class is done with in the round that shows it, unless other processors may still complete
 * it: then it is tried again, and what is still wrong in the last round is reported.
 */
final class Rounds {
  private final Elements elements;
  private final Filer filer;
  private final ProtectedProcessor.Writer writer;
  private final Reporter reporter;
  private final SourceTrees trees;
  private final ReadWrapper reader;
  private final FindUnusedFactories unused = new FindUnusedFactories();
  private final boolean lombok = Lombok.runs();
  private final List<TypeElement> waiting = new ArrayList<>();
  private final Set<String> written = new HashSet<>();

  Rounds(ProcessingEnvironment environment, ProtectedProcessor.Writer writer) {
    this.elements = environment.getElementUtils();
    this.filer = environment.getFiler();
    this.writer = writer;
    this.reporter =
        new Reporter(
            environment.getMessager(),
            environment.getOptions().containsKey(ProtectedProcessor.VERBOSE));
    this.trees = SourceTrees.of(environment);
    this.reader = new ReadWrapper(environment, trees);
  }

  /** Writes what is ready; in the last round, reports the rest. */
  void process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    List<TypeElement> ready = new ArrayList<>();
    waiting.forEach(each -> ready.add(renewed(each)));
    waiting.clear();
    for (TypeElement annotation : annotations) {
      if (Names.isNamed(annotation, Names.MODEL_FACTORY)) {
        unused.marked(round.getElementsAnnotatedWith(annotation));
      } else if (Names.isNamed(annotation, Names.PROTECTED)
          || Names.isNamed(annotation, Names.SEVERAL)) {
        for (TypeElement type : ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))) {
          unused.isProtected(type);
          if (lombok && Lombok.changes(type)) {
            waiting.add(type);
          } else {
            ready.add(type);
          }
        }
      }
    }
    boolean last = round.processingOver();
    ready.forEach(each -> process(each, last));
    reporter.report(unused.findings());
    ElementFilter.typesIn(round.getRootElements()).forEach(this::refuseLocalClasses);
  }

  private void refuseLocalClasses(TypeElement root) {
    try {
      reporter.report(trees.localClasses(root));
    } catch (RuntimeException | LinkageError e) {
      reporter.failed(root, e);
    }
  }

  private void process(TypeElement type, boolean last) {
    try {
      List<Finding> findings = new ArrayList<>();
      Optional<Wrapper> wrapper = reader.of(type, findings);
      if (wrapper.isEmpty() && !last && (lombok || findings.stream().anyMatch(Rounds::passes))) {
        waiting.add(type);
      } else {
        reporter.report(findings);
        wrapper.ifPresent(this::write);
      }
    } catch (RuntimeException | LinkageError e) {
      reporter.failed(type, e);
    }
  }

  /** Whether a class that another processor writes would mend it. */
  private static boolean passes(Finding finding) {
    return finding.problem() == Problem.MISSING_TYPE
        || finding.problem() == Problem.UNREADABLE_VALUE;
  }

  private void write(Wrapper wrapper) {
    TypeElement type = wrapper.origin();
    try {
      // Two modules may have classes of one name; Eclipse's compiler knows no module in a name.
      writer.write(filer, trees.known() ? module(type) : "", wrapper);
      written.add(module(type) + "/" + wrapper.qualifiedName());
    } catch (FilerException e) {
      reporter.report(
          Finding.of(
              Problem.NAME_TAKEN,
              type,
              "@Protected",
              type.getSimpleName(),
              wrapper.name(),
              isEarlier(wrapper)
                  ? "It is an earlier output of this processor: take generated sources off the"
                      + " sources that are compiled."
                  : "Rename one of the two."));
    } catch (IOException e) {
      reporter.report(Finding.of(Problem.NOT_WRITTEN, type, "@Protected", type.getSimpleName(), e));
    }
  }

  /** Whether the class that has the wrapper's name is one, from an earlier compilation. */
  private boolean isEarlier(Wrapper wrapper) {
    TypeElement taken = find(wrapper.origin(), wrapper.qualifiedName());
    TypeElement parent = taken == null ? null : Names.classOf(taken.getSuperclass());
    return taken != null
        && parent != null
        && Names.isNamed(parent, Names.TRAINING_WRAPPER)
        && !written.contains(module(taken) + "/" + wrapper.qualifiedName());
  }

  /** A later round may have a new element for the same class. */
  private TypeElement renewed(TypeElement type) {
    return Objects.requireNonNullElse(find(type, type.getQualifiedName().toString()), type);
  }

  private @Nullable TypeElement find(TypeElement neighbour, String name) {
    ModuleElement module = elements.getModuleOf(neighbour);
    return module == null ? elements.getTypeElement(name) : elements.getTypeElement(module, name);
  }

  private String module(TypeElement type) {
    ModuleElement module = elements.getModuleOf(type);
    return module == null ? "" : module.getQualifiedName().toString();
  }
}
