package org.meadefender.processor;

import java.util.List;

/**
 * The call that makes the model, as source text for the wrapper's {@code create}.
 *
 * @param typeVariables declarations of type variables, with their bounds
 * @param parameters all that {@code create} takes, the key first
 * @param thrown checked exceptions
 * @param key name of the key among the parameters
 * @param network name for a variable that holds the network
 * @param expression gives the model
 * @param description of the method, for people
 * @param names simple names that the text uses for variables
 */
record Call(
    List<String> typeVariables,
    List<String> parameters,
    List<String> thrown,
    String key,
    String network,
    String expression,
    String description,
    List<String> names) {

  Call {
    typeVariables = List.copyOf(typeVariables);
    parameters = List.copyOf(parameters);
    thrown = List.copyOf(thrown);
    names = List.copyOf(names);
  }
}
