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
import javax.lang.model.element.TypeElement;
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
    MissingTypes missing = new MissingTypes();
    ModelTypes models = new ModelTypes(elements, environment.getTypeUtils(), members);
    this.validator =
        new Validator(
            elements,
            new FactoryFinder(elements, members, models, missing),
            new FactoryValidator(elements, environment.getTypeUtils(), members, missing));
    this.writer = writer;
    this.lombok = Lombok.runs();
  }

  DeclarationReader reader() {
    return reader;
  }

  /** Adds a class of this round. */
  void add(TypeElement type) {
    waiting.put(nameOf(type), type);
  }

  /** Writes what is ready; in the last round, reports the rest. */
  void process(boolean last) {
    for (Map.Entry<String, TypeElement> each : List.copyOf(waiting.entrySet())) {
      // A later round may have a new element for the same class.
      TypeElement type =
          Objects.requireNonNullElse(elements.getTypeElement(each.getKey()), each.getValue());
      if (process(type, last)) {
        waiting.remove(each.getKey());
      }
    }
  }

  /** Whether the class is done with. */
  private boolean process(TypeElement type, boolean last) {
    if (!last && lombok && Lombok.changes(type) && lombokPending.add(nameOf(type))) {
      return false;
    }
    ClassDeclaration declaration = reader.read(type);
    try {
      Result<Validator.Accepted> result = validator.validate(declaration);
      if (result instanceof Result.Valid<Validator.Accepted> valid) {
        write(declaration, valid.value());
        return true;
      }
      if (last) {
        diagnostics.report(((Result.Invalid<Validator.Accepted>) result).findings());
      }
      return last;
    } catch (RuntimeException | LinkageError e) {
      // Whatever goes wrong must reach the user as a line on the class, not as javac's stack trace.
      diagnostics.report(internal(declaration, e));
      return true;
    }
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

  private static Finding internal(ClassDeclaration declaration, Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return Finding.of(
        Problem.INTERNAL,
        Position.of(declaration.type()),
        declaration.annotation(),
        declaration.type().getSimpleName(),
        failure + (trace.length == 0 ? "" : " at " + trace[0]));
  }

  private static String nameOf(TypeElement type) {
    return type.getQualifiedName().toString();
  }
}
