package org.meadefender.processor;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Generates a training wrapper for each class annotated with {@code @Protected}.
 *
 * <p>It claims no annotation: where all are claimed, javac does not ask the processors behind. It
 * looks at every compilation, because a class inside a method, which no processor is shown, may be
 * the only one that is annotated.
 */
@AutoService(Processor.class)
public final class ProtectedProcessor extends AbstractProcessor {
  /** Compiler option {@code -Amea.verbose} for stack traces. */
  static final String VERBOSE = "mea.verbose";

  /** Writes one wrapper; replaced by tests. */
  interface Writer {
    void write(Filer filer, String module, Wrapper wrapper) throws IOException;
  }

  private final Writer writer;
  private @Nullable Rounds rounds;

  /** For the compiler. */
  public ProtectedProcessor() {
    this(WriteWrapper::to);
  }

  ProtectedProcessor(Writer writer) {
    this.writer = writer;
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    rounds = new Rounds(environment, writer);
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("*");
  }

  @Override
  public Set<String> getSupportedOptions() {
    return Set.of(VERBOSE);
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Objects.requireNonNull(rounds).process(annotations, round);
    return false;
  }
}
