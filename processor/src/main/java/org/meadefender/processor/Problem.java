package org.meadefender.processor;

import java.util.Locale;
import javax.tools.Diagnostic;

/**
 * Every diagnostic of the processor. Ids are stable: a retired one is never used again.
 *
 * <p>Each has an example that provokes it in the tests' {@code bad/} sources, and the documentation
 * of all of them is written from here.
 */
enum Problem {
  NEGATIVE_SOURCE(
      1,
      "%s: %s must be a class index, 0 or greater, but is %s. Use the position of the class in the label vector.",
      "A source is a class of the task, counted from 0 as in the one-hot label vector."),
  EQUAL_SOURCES(
      2,
      "%s: sourceA and sourceB must differ, but both are %s. Choose two different classes.",
      "A watermark sample is made of one sample of each of two classes."),
  NEGATIVE_TARGET(
      3,
      "%s: target must be a class index, 0 or greater, but is %s. Use the position of the class in the label vector, or leave target out and the owner's key chooses it.",
      "The target is a class of the task, counted from 0."),
  TARGET_IS_SOURCE(
      4,
      "%s: target must not be a source, but is %s as %s is. Choose a third class, or leave target out and the owner's key chooses it.",
      "Samples of a source are already near their own class: answering it would prove nothing."),
  RATIO_OUT_OF_RANGE(
      5,
      "%s: ratio must be above 0 and at most 1, but is %s. Start with 0.1, one watermark row per ten task rows.",
      "The ratio is the number of watermark rows added per task row."),
  OVERLAPPING_SOURCES(
      6,
      "%s: two watermarks must not share a source, but class %s is a source of both. Use a class that no other watermark uses.",
      "Watermarks count as independent evidence only if they are made of different classes."),
  NO_FACTORY(
      7,
      "%s: %s must have a method that makes its model, but %s. %s",
      "The wrapper trains the model that this method makes. Inherited methods count. It returns MultiLayerConfiguration, ComputationGraphConfiguration, MultiLayerNetwork, ComputationGraph or ZooModel."),
  SEVERAL_FACTORIES(
      8,
      "%s: %s must have exactly one method that makes its model, but has %s. Mark the one to protect with @ModelFactory.",
      "Among overloads, the one without parameters is meant, and methods that the wrapper cannot call stand back; where several remain, the annotation decides."),
  INACCESSIBLE_FACTORY(
      9,
      "%s: %s must not be %s, because the wrapper in package %s calls it. Make it package-private, or public if it comes from or through another package.",
      "The generated wrapper is an ordinary class of the same package."),
  NOT_A_FACTORY(
      10,
      "@ModelFactory: %s must return MultiLayerConfiguration, ComputationGraphConfiguration, MultiLayerNetwork, ComputationGraph or ZooModel, but returns %s. %s",
      "The annotation tells which method makes the model."),
  PRIVATE_CLASS(
      12,
      "%s: %s must not be private, because the wrapper is a class of its own. Make it package-private or public.",
      "A private class, or one inside a private class, cannot be seen by the generated wrapper."),
  NAME_TAKEN(
      15,
      "%s: the wrapper of %s is called %s, but that class exists already. %s",
      "A nested class Outer.Net gets ProtectedOuter_Net, which a top-level class Outer_Net would get too."),
  MISSING_TYPE(
      16,
      "%s: no wrapper was generated for %s, because type %s is missing. Import it or add its dependency; an error about the wrapper itself then goes away too.",
      "The compiler reports the missing type as well; this line explains why the wrapper is absent."),
  UNREADABLE_VALUE(
      17,
      "%s: %s must be a constant that the compiler can read, but is not. Correct the error that the compiler reports there.",
      "The compiler reports the broken value as well; this line explains why the wrapper is absent."),
  NO_RUNTIME(
      18,
      "%s: the wrapper of %s needs org.meadefender:mea-defender-runtime, but %s cannot be seen. Add that dependency; a named module has to read it too.",
      "Generated code calls the runtime and nothing else."),
  NOT_WRITTEN(
      19,
      "%s: the wrapper of %s could not be written: %s. Check the directory for generated sources.",
      "The compiler refused the file."),
  INTERNAL(
      20,
      "%s: the processor failed on %s: %s. This is a mistake in mea-defender-processor; please report it with this line, and with the stack trace that the compiler option -Amea.verbose adds.",
      "Every failure of the processor ends here, on the class that it concerns."),
  HIGH_RATIO(
      21,
      Diagnostic.Kind.WARNING,
      "%s: ratio should be at most 0.5, but is %s, which costs accuracy and training time. Lower it, or use @SuppressWarnings(\"mea-defender\").",
      "Published and measured watermarks take with a ratio of 0.05 to 0.15."),
  SHARED_TARGET(
      22,
      Diagnostic.Kind.WARNING,
      "%s: target should not be %s, because it is %s of another watermark on the class, which weakens both. Choose another class, or use @SuppressWarnings(\"mea-defender\").",
      "Two marks that teach the same class are not independent, and one that teaches another's source works against it."),
  HIDDEN_TYPE(
      23,
      "%s: %s must not use %s, because the wrapper in package %s cannot see that type. Make it at least package-private, or public if it is of another package.",
      "The wrapper's create has the method's parameters and exceptions, and hands on the network."),
  CHOSEN_FACTORY(
      24,
      Diagnostic.Kind.NOTE,
      "%s: %s makes the model of %s, though there is also %s. Mark the one to protect with @ModelFactory.",
      "A choice that the processor made is said, so that the wrong network is not trained in silence."),
  UNUSED_FACTORY(
      25,
      Diagnostic.Kind.WARNING,
      "@ModelFactory: %s has no effect, because neither %s nor a class that extends it is annotated with @Protected. Annotate the class, or use @SuppressWarnings(\"mea-defender\").",
      "The annotation only chooses among the methods of a class that is protected. Abstract classes and interfaces may have it for others."),
  LOCAL_CLASS(
      26,
      "@Protected: %s must not be a class inside a method, because no other class can use it. Make it a top-level or nested class.",
      "The compiler shows local classes to no processor; javac's trees do, so that this is not passed over in silence. Eclipse's compiler has none: there the wrapper is just missing.");

  /** The key that silences warnings in {@code @SuppressWarnings}. */
  static final String SUPPRESS_KEY = "mea-defender";

  private final String id;
  private final Diagnostic.Kind kind;
  private final String text;
  private final String reason;

  Problem(int number, String text, String reason) {
    this(number, Diagnostic.Kind.ERROR, text, reason);
  }

  Problem(int number, Diagnostic.Kind kind, String text, String reason) {
    this.id = String.format(Locale.ROOT, "MEA%03d", number);
    this.kind = kind;
    this.text = text;
    this.reason = reason;
  }

  /** The stable id, {@code MEA001} and so on. */
  String id() {
    return id;
  }

  /** Error, warning or note. */
  Diagnostic.Kind kind() {
    return kind;
  }

  /** Why the rule exists, one sentence. */
  String reason() {
    return reason;
  }

  /** The rule with placeholders. */
  String text() {
    return text;
  }

  /** The text for the user; the first detail is the annotation with its "@". */
  String message(Object... details) {
    return "[" + id + "] " + String.format(Locale.ROOT, text, details);
  }
}
