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
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Modifier;

/** Writes wrappers: delegation to the runtime, and no decision of its own. */
final class WriteWrapper {
  private static final ClassName PROTECTED_MODEL = ClassName.bestGuess(Names.RUNTIME);
  private static final ClassName SUSPECT = ClassName.get("org.meadefender.suspect", "SuspectModel");
  private static final ClassName VERDICT =
      ClassName.get("org.meadefender.verify", "OwnershipVerdict");
  private static final ClassName VERIFIER =
      ClassName.get("org.meadefender.verify", "OwnershipVerifier");
  private static final ClassName DATA =
      ClassName.get("org.nd4j.linalg.dataset.api.iterator", "DataSetIterator");

  /** JavaPoet gives a comment of one line three. */
  private static final Pattern ONE_LINE =
      Pattern.compile("^( *)/\\*\\*\n *\\* (.*)\n *\\*/$", Pattern.MULTILINE);

  // The same in every wrapper, so made once.
  private static final List<MethodSpec> VERIFICATIONS =
      List.of(
          verification(
              "Tests a suspect; held out are labelled samples that no model was trained on.",
              SUSPECT,
              CodeBlock.of("verifier(key).verify(suspect, heldOut)")),
          verification(
              "The same for a network.",
              ModelTypes.ANY_NETWORK,
              CodeBlock.of("verifyOwnership(key, $T.of(suspect), heldOut)", SUSPECT)),
          verification(
              "The same for a file.",
              ClassName.get(Path.class),
              CodeBlock.of("verifyOwnership(key, $T.load(suspect), heldOut)", SUSPECT)),
          verifier());

  private final Wrapper wrapper;
  private final ClassName name;
  private final TypeName model;

  private WriteWrapper(Wrapper wrapper) {
    this.wrapper = wrapper;
    this.name = ClassName.get(wrapper.packageName(), wrapper.name());
    this.model = ParameterizedTypeName.get(PROTECTED_MODEL, wrapper.model().network());
  }

  /** Writes the file, in the class's own package and module. */
  static void to(Filer filer, String module, Wrapper wrapper) throws IOException {
    String file = (module.isEmpty() ? "" : module + "/") + wrapper.qualifiedName();
    try (Writer writer = filer.createSourceFile(file, wrapper.origin()).openWriter()) {
      writer.write(source(wrapper));
    }
  }

  private static String source(Wrapper wrapper) {
    // With imports from java.lang: the user's package may have a class Integer.
    JavaFile file =
        JavaFile.builder(wrapper.packageName(), new WriteWrapper(wrapper).type()).build();
    return ONE_LINE.matcher(file.toString()).replaceAll("$1/** $2 */");
  }

  private TypeSpec type() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addJavadoc(
                "Trains the model of {@link $T} with an ownership watermark, and tests suspects for"
                    + " it.",
                ClassName.get(wrapper.origin()))
            .addModifiers(Modifier.FINAL)
            .superclass(
                ParameterizedTypeName.get(
                    ClassName.bestGuess(Names.TRAINING_WRAPPER), wrapper.model().network()));
    if (wrapper.visible()) {
      type.addModifiers(Modifier.PUBLIC);
    }
    if (wrapper.generated()) {
      type.addAnnotation(
          AnnotationSpec.builder(ClassName.bestGuess(Names.GENERATED))
              .addMember("value", "$S", ProtectedProcessor.class.getName())
              .build());
    }
    if (!wrapper.suppressed().isEmpty()) {
      AnnotationSpec.Builder suppress = AnnotationSpec.builder(SuppressWarnings.class);
      wrapper.suppressed().forEach(key -> suppress.addMember("value", "$S", key));
      type.addAnnotation(suppress.build());
    }
    return type.addField(watermarks())
        .addMethod(
            MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(model, "model")
                .addStatement("super(model)")
                .build())
        .addMethod(create())
        .addMethods(VERIFICATIONS)
        .build();
  }

  private FieldSpec watermarks() {
    CodeBlock all =
        wrapper.watermarks().stream().map(Watermark::expression).collect(CodeBlock.joining(",$W"));
    return FieldSpec.builder(
            ParameterizedTypeName.get(ClassName.get(List.class), Watermark.SPEC), "WATERMARKS")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer("$T.of($Z$L)", List.class, all)
        .build();
  }

  private MethodSpec create() {
    Call call = wrapper.call();
    return MethodSpec.methodBuilder("create")
        .addJavadoc("Creates an untrained model, to be marked with the owner's secret key.")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addTypeVariables(call.typeVariables())
        .returns(name)
        .addParameters(call.parameters())
        .varargs(call.variable())
        .addExceptions(call.thrown())
        .addStatement(
            "var $N =$W$T.requireNonNull($L,$W$S)$L",
            call.network(),
            Objects.class,
            call.expression(),
            call.description() + " returned null",
            wrapper.model().zoo() ? ".init()" : "")
        .addStatement(
            "return new $T($Z$T.create(WATERMARKS, $N, $N))",
            name,
            PROTECTED_MODEL,
            call.key(),
            call.network())
        .build();
  }

  /** It needs no model of the owner's, so that the superclass cannot have it. */
  private static MethodSpec verification(String says, TypeName suspect, CodeBlock verdict) {
    return MethodSpec.methodBuilder("verifyOwnership")
        .addJavadoc(says)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(VERDICT)
        .addParameter(PlanCall.KEY, "key")
        .addParameter(suspect, "suspect")
        .addParameter(DATA, "heldOut")
        .addStatement("return $L", verdict)
        .build();
  }

  private static MethodSpec verifier() {
    return MethodSpec.methodBuilder("verifier")
        .addJavadoc(
            "For verification with options, such as a budget of queries or reference models.")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .returns(VERIFIER)
        .addParameter(PlanCall.KEY, "key")
        .addStatement("return $T.of(WATERMARKS, key)", VERIFIER)
        .build();
  }
}
