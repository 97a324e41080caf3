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
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes wrappers: delegation to the runtime, and no decision of its own. */
final class WrapperWriter {
  private static final ClassName GENERATED =
      ClassName.get("javax.annotation.processing", "Generated");
  private static final String MARKS = "WATERMARKS";
  private static final String MODEL = "model";

  // What is the same in every wrapper is made once.
  private static final MethodSpec FIT = fit();
  private static final MethodSpec RELEASE = release();
  private static final List<MethodSpec> VERIFICATIONS = verifications();

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
    return type.addField(marks())
        .addField(model, MODEL, Modifier.PRIVATE, Modifier.FINAL)
        .addMethod(
            MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(model, MODEL)
                .addStatement("this.$N = $N", MODEL, MODEL)
                .build())
        .addMethod(CreateMethod.write(wrapper, MARKS))
        .addMethod(FIT)
        .addMethod(network())
        .addMethod(protectedModel())
        .addMethod(RELEASE)
        .addMethods(VERIFICATIONS)
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

  private static MethodSpec fit() {
    return method("fit")
        .addJavadoc(WrapperDocs.FIT)
        .returns(WrapperTypes.REPORT)
        .addParameter(WrapperTypes.DATA, "data")
        .addParameter(int.class, "epochs")
        .addStatement("return $N.fit(data, epochs)", MODEL)
        .build();
  }

  private MethodSpec network() {
    return method("network")
        .addJavadoc(WrapperDocs.NETWORK)
        .returns(wrapper.factory().model().network())
        .addStatement("return $N.network()", MODEL)
        .build();
  }

  private MethodSpec protectedModel() {
    return method("protectedModel")
        .addJavadoc(WrapperDocs.PROTECTED_MODEL)
        .returns(model)
        .addStatement("return $N", MODEL)
        .build();
  }

  private static MethodSpec release() {
    return method("release")
        .addJavadoc(WrapperDocs.RELEASE)
        .addParameter(Path.class, "file")
        .addStatement("$N.release(file)", MODEL)
        .build();
  }

  /** The instance forms, then the static ones, which need no model of the owner's. */
  private static List<MethodSpec> verifications() {
    List<MethodSpec> methods = new ArrayList<>();
    for (Suspect suspect : Suspect.FORMS) {
      methods.add(
          verify(WrapperDocs.VERIFY)
              .addParameter(suspect.type, "suspect")
              .addParameter(WrapperTypes.DATA, "heldOut")
              .addStatement("return $N.verifyOwnership($L, heldOut)", MODEL, suspect.adapted)
              .build());
    }
    for (Suspect suspect : Suspect.FORMS) {
      methods.add(
          verify(WrapperDocs.VERIFY_STATIC)
              .addModifiers(Modifier.STATIC)
              .addParameter(WrapperTypes.KEY, "key")
              .addParameter(suspect.type, "suspect")
              .addParameter(WrapperTypes.DATA, "heldOut")
              .addStatement(
                  "return $T.verifyOwnership($N, key, $L, heldOut)",
                  WrapperTypes.PROTECTED_MODEL,
                  MARKS,
                  suspect.adapted)
              .build());
    }
    return methods;
  }

  private static MethodSpec.Builder verify(String docs) {
    return method("verifyOwnership").addJavadoc(docs).returns(WrapperTypes.VERDICT);
  }

  private static MethodSpec.Builder method(String name) {
    return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC);
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
