package org.meadefender.samples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Writes texts that are ready, one per annotated class: what generating costs any processor. */
@SupportedAnnotationTypes("org.meadefender.annotations.Protected")
final class CopyingProcessor extends AbstractProcessor {
  private final Map<String, String> texts;

  /**
   * A processor.
   *
   * @param texts by the annotated class's simple name; each of the class {@code ProtectedNAME}
   */
  CopyingProcessor(Map<String, String> texts) {
    this.texts = Map.copyOf(texts);
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (TypeElement annotation : annotations) {
      round.getElementsAnnotatedWith(annotation).forEach(this::write);
    }
    return false;
  }

  private void write(Element annotated) {
    String name = annotated.getSimpleName().toString();
    String wrapper = processingEnv.getElementUtils().getPackageOf(annotated) + ".Protected" + name;
    try (Writer writer =
        processingEnv.getFiler().createSourceFile(wrapper, annotated).openWriter()) {
      writer.write(texts.getOrDefault(name, ""));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + wrapper, e);
    }
  }
}
