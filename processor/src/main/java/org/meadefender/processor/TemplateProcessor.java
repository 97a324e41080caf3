package org.meadefender.processor;

import com.google.auto.service.AutoService;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;
import org.meadefender.annotations.Protected;

/**
 * Generates wrappers for classes that carry an annotation of the user's own, a template which is
 * annotated with {@link Protected}.
 *
 * <p>It has to look at every annotation, and so stands beside {@link ProtectedProcessor}, which
 * claims its own ones.
 */
@AutoService(Processor.class)
public final class TemplateProcessor extends AbstractProcessor {
  private @Nullable WrapperRounds rounds;

  /** For the compiler. */
  public TemplateProcessor() {}

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    rounds =
        new WrapperRounds(
            environment, (wrapper, filer) -> WrapperWriter.write(wrapper).writeTo(filer));
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("*");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    WrapperRounds active = Objects.requireNonNull(rounds);
    annotations.forEach(annotation -> active.addTemplated(annotation, round));
    active.process(round.processingOver());
    return false;
  }
}
