package org.meadefender.processor;

import com.google.auto.service.AutoService;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Generated;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;
import org.meadefender.annotations.ModelFactory;
import org.meadefender.annotations.Protected;

/** Generates a training wrapper for each class annotated with {@link Protected}. */
@AutoService(Processor.class)
public final class ProtectedProcessor extends AbstractProcessor {
  private final WrapperRounds.Writer writer;
  private final boolean alone = isAlone();
  private @Nullable WrapperRounds rounds;

  /** For the compiler. */
  public ProtectedProcessor() {
    this((wrapper, filer) -> WrapperWriter.write(wrapper).writeTo(filer));
  }

  ProtectedProcessor(WrapperRounds.Writer writer) {
    this.writer = writer;
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    rounds = new WrapperRounds(environment, writer);
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(
        Protected.class.getCanonicalName(),
        Protected.Several.class.getCanonicalName(),
        ModelFactory.class.getCanonicalName(),
        Generated.class.getCanonicalName());
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  // Claiming keeps -Xlint:processing quiet: without it neither a class that uses the annotations
  // nor its wrapper compiles under -Xlint:all -Werror. But where every annotation is claimed, the
  // compiler does not ask the processors behind this one, so that it must be the only one.
  @SuppressWarnings("DoNotClaimAnnotations")
  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    WrapperRounds active = Objects.requireNonNull(rounds);
    for (Class<? extends Annotation> kind : List.of(Protected.class, Protected.Several.class)) {
      for (TypeElement type : ElementFilter.typesIn(round.getElementsAnnotatedWith(kind))) {
        if (type.getKind() != ElementKind.ANNOTATION_TYPE) {
          active.add(type);
        }
      }
    }
    active.process(round.processingOver());
    return alone;
  }

  /** Whether there is no processor of anybody else on the processor path. */
  private static boolean isAlone() {
    try {
      return ServiceLoader.load(Processor.class, ProtectedProcessor.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::type)
          .allMatch(each -> each.getPackage().equals(ProtectedProcessor.class.getPackage()));
    } catch (ServiceConfigurationError e) {
      // A broken neighbour is a neighbour.
      return false;
    }
  }
}
