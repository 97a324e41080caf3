package org.meadefender.processor;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import java.util.List;

/**
 * The call that makes the model, for the wrapper's {@code create}.
 *
 * @param typeVariables declarations of type variables, with their bounds
 * @param parameters all that {@code create} takes, the key first
 * @param variable whether the last parameter is of a variable number
 * @param thrown checked exceptions
 * @param key name of the key among the parameters
 * @param network name for a variable that holds the network
 * @param expression gives the model
 * @param description of the method, for people
 */
record Call(
    List<TypeVariableName> typeVariables,
    List<ParameterSpec> parameters,
    boolean variable,
    List<TypeName> thrown,
    String key,
    String network,
    CodeBlock expression,
    String description) {

  Call {
    typeVariables = List.copyOf(typeVariables);
    parameters = List.copyOf(parameters);
    thrown = List.copyOf(thrown);
  }
}
