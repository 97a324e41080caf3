package org.meadefender.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.nio.file.Path;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes wrappers: delegation to the runtime, and no decision of its own. */
final class WrapperWriter {
  private static final ClassName GENERATED =
      ClassName.get("javax.annotation.processing", "Generated");
  private static final String MARKS = "WATERMARKS";
  private static final String MODEL = "model";

  // The same in every wrapper, so made once.
  private static final List<MethodSpec> VERIFICATIONS = verifications();
  private static final MethodSpec VERIFIER = verifier();

  private final WrapperModel wrapper;
  private final TypeName model;

  private WrapperWriter(WrapperModel wrapper) {
    this.wrapper = wrapper;
    this.model =
        ParameterizedTypeName.get(
            WrapperTypes.PROTECTED_MODEL, wrapper.factory().model().network());
  }

  /** The wrapper's source file. */
  static JavaFile write(WrapperModel wrapper) {
    return JavaFile.builder(wrapper.wrapper().packageName(), new WrapperWriter(wrapper).type())
        .skipJavaLangImports(true)
        .build();
  }

  private TypeSpec type() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(wrapper.wrapper())
            .addOriginatingElement(wrapper.origin())
            .addJavadoc(WrapperDocs.type(wrapper))
            .addModifiers(Modifier.FINAL);
    if (wrapper.visible()) {
      type.addModifiers(Modifier.PUBLIC);
    }
    if (wrapper.generated()) {
      type.addAnnotation(
          AnnotationSpec.builder(GENERATED)
              .addMember("value", "$S", ProtectedProcessor.class.getName())
              .build());
    }
    if (!wrapper.factory().suppressed().isEmpty()) {
      AnnotationSpec.Builder suppress = AnnotationSpec.builder(SuppressWarnings.class);
      wrapper.factory().suppressed().forEach(key -> suppress.addMember("value", "$S", key));
      type.addAnnotation(suppress.build());
    }
    return type.superclass(
            ParameterizedTypeName.get(
                WrapperTypes.TRAINING_WRAPPER, wrapper.factory().model().network()))
        .addField(marks())
        .addMethod(
            MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(model, MODEL)
                .addStatement("super($N)", MODEL)
                .build())
        .addMethod(CreateMethod.write(wrapper, MARKS))
        .addMethods(VERIFICATIONS)
        .addMethod(VERIFIER)
        .build();
  }

  private FieldSpec marks() {
    CodeBlock.Builder list = CodeBlock.builder().add("$T.of(", List.class);
    for (int i = 0; i < wrapper.marks().size(); i++) {
      list.add(i == 0 ? "$>$>\n" : ",\n").add(mark(wrapper.marks().get(i)));
    }
    return FieldSpec.builder(
            ParameterizedTypeName.get(ClassName.get(List.class), WrapperTypes.SPEC), MARKS)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(list.add("$<$<)").build())
        .build();
  }

  private static CodeBlock mark(Mark mark) {
    CodeBlock.Builder spec =
        CodeBlock.builder()
            .add(
                "$T.of($L, $L, $L)",
                WrapperTypes.SPEC,
                mark.sourceA(),
                mark.sourceB(),
                mark.ratio());
    mark.target().ifPresent(target -> spec.add(".withTarget($L)", target));
    mark.combine().ifPresent(kind -> spec.add(".withCombine($T.$L)", WrapperTypes.COMBINE, kind));
    if (!mark.evasion()) {
      spec.add(".withEvasion(false)");
    }
    return spec.build();
  }

  /** They need no model of the owner's, so that the superclass cannot have them. */
  private static List<MethodSpec> verifications() {
    return Suspect.FORMS.stream()
        .map(
            suspect ->
                MethodSpec.methodBuilder("verifyOwnership")
                    .addJavadoc(WrapperDocs.VERIFY)
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                    .returns(WrapperTypes.VERDICT)
                    .addParameter(WrapperTypes.KEY, "key")
                    .addParameter(suspect.type, "suspect")
                    .addParameter(WrapperTypes.DATA, "heldOut")
                    .addStatement(
                        "return $T.verifyOwnership($N, key, $L, heldOut)",
                        WrapperTypes.PROTECTED_MODEL,
                        MARKS,
                        suspect.adapted)
                    .build())
        .toList();
  }

  /** For options, such as independent models. */
  private static MethodSpec verifier() {
    return MethodSpec.methodBuilder("verifier")
        .addJavadoc(WrapperDocs.VERIFIER)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(WrapperTypes.VERIFIER)
        .addParameter(WrapperTypes.KEY, "key")
        .addStatement("return $T.of($N, key)", WrapperTypes.VERIFIER, MARKS)
        .build();
  }

  /** A form in which a suspect is passed, and the black box that it becomes. */
  private record Suspect(TypeName type, CodeBlock adapted) {
    static final List<Suspect> FORMS =
        List.of(
            new Suspect(WrapperTypes.SUSPECT, CodeBlock.of("suspect")),
            new Suspect(
                ModelTypes.ANY_NETWORK, CodeBlock.of("$T.of(suspect)", WrapperTypes.SUSPECT)),
            new Suspect(
                ClassName.get(Path.class), CodeBlock.of("$T.load(suspect)", WrapperTypes.SUSPECT)));
  }
}
