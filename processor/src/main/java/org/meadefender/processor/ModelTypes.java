package org.meadefender.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Tells which types are models: Deeplearning4j's configurations, networks and zoo entries. */
final class ModelTypes {
  /** What a method that returns a model gives. */
  enum Kind {
    /** A configuration or a network, which the runtime takes as it is. */
    DIRECT,
    /** A zoo entry, whose {@code init()} gives the network. */
    ZOO
  }

  /**
   * A model type.
   *
   * @param network type of the network that is trained
   */
  record Model(Kind kind, TypeName network) {}

  static final ClassName ANY_NETWORK = ClassName.get("org.deeplearning4j.nn.api", "Model");
  private static final String ZOO_MODEL = "org.deeplearning4j.zoo.ZooModel";
  private static final ClassName LAYERS =
      ClassName.get("org.deeplearning4j.nn.multilayer", "MultiLayerNetwork");
  private static final ClassName GRAPH =
      ClassName.get("org.deeplearning4j.nn.graph", "ComputationGraph");
  private static final String LAYERS_CONFIGURATION =
      "org.deeplearning4j.nn.conf.MultiLayerConfiguration";
  private static final String GRAPH_CONFIGURATION =
      "org.deeplearning4j.nn.conf.ComputationGraphConfiguration";

  private final Elements elements;
  private final Types types;
  private final Members members;

  ModelTypes(Elements elements, Types types, Members members) {
    this.elements = elements;
    this.types = types;
    this.members = members;
  }

  boolean isZoo(TypeMirror type) {
    return is(type, ZOO_MODEL);
  }

  /** What the type is as a model; empty if it is none. */
  Optional<Model> classify(TypeMirror type) {
    if (is(type, LAYERS_CONFIGURATION)) {
      return Optional.of(new Model(Kind.DIRECT, LAYERS));
    }
    if (is(type, GRAPH_CONFIGURATION)) {
      return Optional.of(new Model(Kind.DIRECT, GRAPH));
    }
    if (is(type, LAYERS.canonicalName()) || is(type, GRAPH.canonicalName())) {
      return Optional.of(new Model(Kind.DIRECT, network(type)));
    }
    if (isZoo(type)) {
      return Optional.of(new Model(Kind.ZOO, initialised(type)));
    }
    return Optional.empty();
  }

  /** The network that {@code init()} of a zoo entry returns, as exactly as it says. */
  TypeName initialised(TypeMirror zoo) {
    if (zoo.getKind() != TypeKind.DECLARED) {
      return ANY_NETWORK;
    }
    DeclaredType declared = (DeclaredType) zoo;
    for (ExecutableElement method : members.methods((TypeElement) declared.asElement())) {
      if (method.getSimpleName().contentEquals("init") && method.getParameters().isEmpty()) {
        return network(members.returnType(declared, method));
      }
    }
    return ANY_NETWORK;
  }

  private TypeName network(TypeMirror type) {
    if (type.getKind() == TypeKind.DECLARED
        && ((DeclaredType) type).asElement().getKind() == ElementKind.CLASS
        && ((DeclaredType) type).getTypeArguments().isEmpty()) {
      return TypeName.get(type);
    }
    if (is(type, LAYERS.canonicalName())) {
      return LAYERS;
    }
    return is(type, GRAPH.canonicalName()) ? GRAPH : ANY_NETWORK;
  }

  private boolean is(TypeMirror type, String name) {
    // The compiler calls a missing type a subtype of everything.
    if (type.getKind() == TypeKind.ERROR
        || type.getKind().isPrimitive()
        || type.getKind() == TypeKind.VOID) {
      return false;
    }
    TypeElement wanted = elements.getTypeElement(name);
    return wanted != null && types.isSubtype(type, types.erasure(wanted.asType()));
  }
}
