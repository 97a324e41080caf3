package org.meadefender.processor;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;

/** Tells which types are models: Deeplearning4j's configurations, networks and zoo entries. */
final class ModelTypes {
  /**
   * A model type.
   *
   * @param network type of the network that is trained
   * @param zoo whether {@code init()} has to be called to get the network
   */
  record Model(ClassName network, boolean zoo) {}

  static final ClassName ANY_NETWORK = ClassName.get("org.deeplearning4j.nn.api", "Model");
  static final String ZOO_METHOD = "init";
  private static final ClassName LAYERS =
      ClassName.get("org.deeplearning4j.nn.multilayer", "MultiLayerNetwork");
  private static final ClassName GRAPH =
      ClassName.get("org.deeplearning4j.nn.graph", "ComputationGraph");
  private static final String ZOO = "org.deeplearning4j.zoo.ZooModel";

  private final Members members;

  ModelTypes(Members members) {
    this.members = members;
  }

  static boolean isZoo(TypeElement type) {
    for (TypeElement each = type; each != null; each = Members.superclass(each)) {
      if (Names.isNamed(each, ZOO)) {
        return true;
      }
    }
    return false;
  }

  /** What the type is as a model; empty if it is none. */
  Optional<Model> of(TypeMirror type) {
    if (type.getKind() == TypeKind.TYPEVAR) {
      return of(((TypeVariable) type).getUpperBound());
    }
    if (type instanceof IntersectionType intersection) {
      return intersection.getBounds().stream().flatMap(each -> of(each).stream()).findFirst();
    }
    TypeElement declared = Names.classOf(type);
    return declared == null ? Optional.empty() : ofClass(declared);
  }

  private Optional<Model> ofClass(TypeElement declared) {
    // No look-up by name: most return types are none of these, and most classes are at hand.
    for (TypeElement each = declared; each != null; each = Members.superclass(each)) {
      Optional<Model> found =
          switch (each.getQualifiedName().toString()) {
            case "org.deeplearning4j.nn.conf.MultiLayerConfiguration" ->
                Optional.of(new Model(LAYERS, false));
            case "org.deeplearning4j.nn.conf.ComputationGraphConfiguration" ->
                Optional.of(new Model(GRAPH, false));
            case "org.deeplearning4j.nn.multilayer.MultiLayerNetwork" ->
                Optional.of(new Model(network(declared, LAYERS), false));
            case "org.deeplearning4j.nn.graph.ComputationGraph" ->
                Optional.of(new Model(network(declared, GRAPH), false));
            case ZOO -> Optional.of(new Model(initialised(declared), true));
            default -> Optional.empty();
          };
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The network that {@code init()} of a zoo entry returns, as exactly as it says. */
  ClassName initialised(TypeElement zoo) {
    List<ExecutableElement> found = members.methods(zoo, each -> Members.named(each, ZOO_METHOD));
    return found.isEmpty()
        ? ANY_NETWORK
        : of(members.signature(zoo, found.get(0)).getReturnType())
            .filter(each -> !each.zoo())
            .map(Model::network)
            .orElse(ANY_NETWORK);
  }

  /** A class of the user's own is named unless it is generic. */
  private static ClassName network(TypeElement type, ClassName otherwise) {
    return type.getKind() == ElementKind.CLASS && type.getTypeParameters().isEmpty()
        ? ClassName.get(type)
        : otherwise;
  }
}
