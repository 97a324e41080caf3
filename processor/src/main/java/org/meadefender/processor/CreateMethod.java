package org.meadefender.processor;

import static java.util.stream.Collectors.joining;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeVariableName;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** Writes the wrapper's {@code create}: the user's factory call, handed to the runtime. */
final class CreateMethod {
  private final WrapperModel wrapper;
  private final Factory factory;
  private final Set<String> names = new HashSet<>();
  private final String key;
  private final String instance;

  private CreateMethod(WrapperModel wrapper) {
    this.wrapper = wrapper;
    this.factory = wrapper.factory();
    factory.parameters().forEach(each -> names.add(each.name()));
    this.key = free("key", "ownerKey");
    this.instance = free("source", "modelSource");
  }

  static MethodSpec write(WrapperModel wrapper, String marks) {
    return new CreateMethod(wrapper).method(marks);
  }

  private MethodSpec method(String marks) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("create")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .addTypeVariables(factory.typeVariables())
            .returns(wrapper.wrapper())
            .addParameter(WrapperTypes.KEY, key);
    if (factory.receiver() == Factory.Receiver.ARGUMENT) {
      method.addParameter(factory.instance(), instance);
    }
    for (Factory.Parameter parameter : factory.parameters()) {
      method.addParameter(
          ParameterSpec.builder(parameter.type(), parameter.name())
              .addAnnotations(parameter.annotations())
              .build());
    }
    method.varargs(factory.varargs()).addExceptions(factory.thrown());
    method.addJavadoc(
        WrapperDocs.create(
            wrapper, key, factory.receiver() == Factory.Receiver.ARGUMENT ? instance : ""));
    CodeBlock model = call();
    if (factory.model().network().equals(ModelTypes.ANY_NETWORK)) {
      // An untyped init() fits every overload of the runtime; the variable's type decides.
      String network = free("network", "anyNetwork");
      method.addStatement("$T $N = $L", ModelTypes.ANY_NETWORK, network, model);
      model = CodeBlock.of("$N", network);
    }
    return method
        .addStatement(
            "return new $T(\n$T.create($N, $N, $L))",
            wrapper.wrapper(),
            WrapperTypes.PROTECTED_MODEL,
            marks,
            key,
            model)
        .build();
  }

  private CodeBlock call() {
    String arguments =
        factory.typeArguments().isEmpty()
            ? ""
            : factory.typeArguments().stream()
                .map(TypeVariableName::name)
                .collect(joining(", ", "<", ">"));
    CodeBlock.Builder call =
        CodeBlock.builder().add(receiver()).add(".$L$L(", arguments, factory.method());
    String separator = "";
    for (Factory.Parameter parameter : factory.parameters()) {
      call.add("$L$N", separator, parameter.name());
      separator = ", ";
    }
    call.add(")");
    return factory.model().kind() == ModelTypes.Kind.ZOO
        ? call.add(".init()").build()
        : call.build();
  }

  private CodeBlock receiver() {
    return switch (factory.receiver()) {
      case CLASS -> CodeBlock.of("$T", wrapper.source());
      case NEW ->
          factory.inferred()
              ? CodeBlock.of("new $T<>()", wrapper.source())
              : CodeBlock.of("new $T()", factory.instance());
      case BUILDER -> CodeBlock.of("$T.builder().build()", wrapper.source());
      case ARGUMENT -> CodeBlock.of("$N", instance);
    };
  }

  private String free(String wanted, String otherwise) {
    String name = names.contains(wanted) ? otherwise : wanted;
    while (!names.add(name)) {
      name += "_";
    }
    return name;
  }
}
