package org.meadefender.processor;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Takes classes through the rounds of a compilation.
 *
 * <p>A class that is found wrong is tried again in each later round, because other processors may
 * complete it; what is still wrong in the last round is reported.
 */
final class WrapperRounds {
  /** Writes one wrapper; replaced by tests. */
  interface Writer {
    void write(WrapperModel wrapper, Filer filer) throws IOException;
  }

  private final Elements elements;
  private final Filer filer;
  private final Diagnostics diagnostics;
  private final DeclarationReader reader;
  private final Validator validator;
  private final Writer writer;
  private final boolean lombok;
  private final Map<String, TypeElement> waiting = new LinkedHashMap<>();
  private final Set<String> lombokPending = new HashSet<>();

  WrapperRounds(ProcessingEnvironment environment, Writer writer) {
    this.elements = environment.getElementUtils();
    this.filer = environment.getFiler();
    this.diagnostics = new Diagnostics(environment.getMessager());
    this.reader = new DeclarationReader(elements);
    Members members = new Members(elements, environment.getTypeUtils());
    ModelTypes models = new ModelTypes(elements, environment.getTypeUtils(), members);
    this.validator =
        new Validator(
            elements,
            new FactoryFinder(elements, members, models),
            new FactoryValidator(elements, environment.getTypeUtils(), members));
    this.writer = writer;
    this.lombok = Lombok.runs();
  }

  /** Adds a class of this round. */
  void add(TypeElement type) {
    waiting.put(nameOf(type), type);
  }

  /** Adds the classes of this round that carry the annotation, if it is a template. */
  void addTemplated(TypeElement annotation, RoundEnvironment round) {
    try {
      if (MarkSources.isTemplate(annotation)) {
        ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation)).stream()
            .filter(type -> MarkSources.carries(type, annotation))
            .filter(type -> !MarkSources.isDirect(type))
            .filter(type -> type.getKind() != ElementKind.ANNOTATION_TYPE)
            .forEach(this::add);
      }
    } catch (RuntimeException | LinkageError e) {
      diagnostics.report(failure(annotation, e));
    }
  }

  /** Writes what is ready; in the last round, reports the rest. */
  void process(boolean last) {
    for (Map.Entry<String, TypeElement> each : List.copyOf(waiting.entrySet())) {
      // A later round may have a new element for the same class.
      TypeElement type =
          Objects.requireNonNullElse(elements.getTypeElement(each.getKey()), each.getValue());
      if (isDone(type, last)) {
        waiting.remove(each.getKey());
      }
    }
  }

  private boolean isDone(TypeElement type, boolean last) {
    try {
      return process(type, last);
    } catch (RuntimeException | LinkageError e) {
      diagnostics.report(failure(type, e));
      return true;
    }
  }

  /** Whether the class is done with. */
  private boolean process(TypeElement type, boolean last) {
    if (!last && lombok && Lombok.changes(type) && lombokPending.add(nameOf(type))) {
      return false;
    }
    ClassDeclaration declaration = reader.read(type);
    Result<Validator.Accepted> result = validator.validate(declaration);
    if (result instanceof Result.Valid<Validator.Accepted> valid) {
      write(declaration, valid.value());
      return true;
    }
    if (last) {
      diagnostics.report(((Result.Invalid<Validator.Accepted>) result).findings());
    }
    return last;
  }

  private void write(ClassDeclaration declaration, Validator.Accepted accepted) {
    WrapperModel wrapper = accepted.wrapper();
    diagnostics.report(accepted.warnings());
    try {
      writer.write(wrapper, filer);
    } catch (FilerException e) {
      diagnostics.report(
          Finding.of(
              Problem.NAME_TAKEN,
              Position.of(declaration.type()),
              declaration.annotation(),
              declaration.type().getSimpleName(),
              wrapper.wrapper().simpleName()));
    } catch (IOException e) {
      diagnostics.report(
          Finding.of(
              Problem.NOT_WRITTEN,
              Position.of(declaration.type()),
              declaration.annotation(),
              declaration.type().getSimpleName(),
              e));
    }
  }

  /** Whatever goes wrong must reach the user as a line in the source, not as a stack trace. */
  private static Finding failure(TypeElement type, Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return Finding.of(
        Problem.INTERNAL,
        Position.of(type),
        "@Protected",
        type.getSimpleName(),
        thrown + (trace.length == 0 ? "" : " at " + trace[0]));
  }

  private static String nameOf(TypeElement type) {
    return type.getQualifiedName().toString();
  }
}
