package org.meadefender.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import java.util.List;

/**
 * The call that makes the model.
 *
 * @param receiver what the method is called on
 * @param instance type of the instance, with wildcards where nothing tells its type arguments
 * @param method its name
 * @param parameters passed through to the wrapper's {@code create}
 * @param varargs whether the last parameter is variable
 * @param typeVariables of {@code create}
 * @param typeArguments of the call, spelled out because inference fails for wildcards
 * @param thrown checked exceptions of the call
 * @param suppressed lint keys for what the user's declarations bring along
 * @param model what comes back
 */
record Factory(
    Receiver receiver,
    TypeName instance,
    String method,
    List<Parameter> parameters,
    boolean varargs,
    List<TypeVariableName> typeVariables,
    List<TypeVariableName> typeArguments,
    List<TypeName> thrown,
    List<String> suppressed,
    ModelTypes.Model model) {

  /** Whether a new instance's type arguments are left to inference. */
  boolean inferred() {
    return instance instanceof ParameterizedTypeName generic
        && generic.typeArguments().stream().anyMatch(WildcardTypeName.class::isInstance);
  }

  /** What a factory method is called on. */
  enum Receiver {
    /** The class itself. */
    CLASS,
    /** A new instance. */
    NEW,
    /** An instance from the class's own builder. */
    BUILDER,
    /** An instance that the caller of {@code create} passes. */
    ARGUMENT
  }

  /**
   * One parameter.
   *
   * @param annotations its nullness
   */
  record Parameter(TypeName type, String name, List<AnnotationSpec> annotations) {}
}
