package org.meadefender.processor;

import static com.google.testing.compile.JavaFileObjects.forSourceString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.testing.compile.Compilation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meadefender.spec.OwnerKey;

/** Which method makes the model, and what is said where none does or several could. */
class FactoryChoiceTest {
  private static final String HEAD =
      """
      package com.example;
      import java.util.*;
      import java.util.function.*;
      import org.deeplearning4j.nn.api.Model;
      import org.deeplearning4j.nn.conf.*;
      import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
      import org.meadefender.annotations.*;
      @Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "class Net { static MultiLayerConfiguration a() { return null; } static MultiLayerConfiguration a(int n) { return null; } } | note: [MEA024] @Protected: a() makes the model of Net, though there is also a(int).",
        "class Net { private static MultiLayerConfiguration conf() { return null; } public static MultiLayerNetwork load() { return null; } } | note: [MEA024] @Protected: load() makes the model of Net, though there is also conf().",
        "class Net { MultiLayerNetwork getModel() { return null; } static MultiLayerNetwork create(int n) { return null; } } | error: [MEA008] @Protected: Net must have exactly one method that makes its model, but has 2: getModel(), create(int).",
        "class Net { static MultiLayerNetwork read(List<? super String[]> s) { return null; } static MultiLayerNetwork load(Map.Entry<String, int[]> e) { return null; } } | but has 2: read(List<? super String[]>), load(Map.Entry<String, int[]>).",
      })
  void aChoiceIsSaidAndWhatIsAmbiguousRefused(String type, String expected) {
    assertThat(diagnostics(type)).hasSize(1).first().asString().contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "class Net { static NeuralNetConfiguration.ListBuilder net() { return null; } } | has only net(), which returns NeuralNetConfiguration.ListBuilder. End it with .build().",
        "class Net { static NeuralNetConfiguration.Builder net() { return null; } } | which returns NeuralNetConfiguration.Builder. End it with .list()….build().",
        "class Net { static ComputationGraphConfiguration.GraphBuilder net() { return null; } } | End it with .build().",
        "class Net { static Model net(int n) { return null; } } | has only net(int), which returns Model. Declare the network that it is: MultiLayerNetwork or ComputationGraph.",
        "class Net { static Supplier<? extends MultiLayerConfiguration> net() { return null; } } | which returns Supplier<? extends MultiLayerConfiguration>. Return the MultiLayerConfiguration itself.",
        "class Net { static Object net(kotlin.coroutines.Continuation<MultiLayerConfiguration> c) { return null; } } | which is a suspend function. Make it an ordinary function",
        "class Net { static final Companion Companion = null; static class Companion { MultiLayerConfiguration net() { return null; } } } | has only net() of its companion object, which Java does not see as its own. Mark net() with @JvmStatic.",
        "class Net extends MultiLayerNetwork { Net() { super((MultiLayerConfiguration) null); } } | is a network itself. Add a static method that returns a new Net.",
        "class Net { private MultiLayerConfiguration conf; } | has it only in its field conf. Add a method that makes and returns it.",
        "class Net { public static void main(String[] args) { MultiLayerConfiguration conf = null; } } | has only main. Move the configuration out of main, into a method that returns it.",
        "@kotlin.Metadata class Net {} | where Java can see it. Add one without parameters of value classes, which hide a function from Java.",
        "@interface Net {} | is an annotation. Put @Protected on the model class itself; constants can hold common values.",
        "class Net { @ModelFactory static NeuralNetConfiguration.ListBuilder net() { return null; } } | [MEA010] @ModelFactory: net() must return MultiLayerConfiguration, ComputationGraphConfiguration, MultiLayerNetwork, ComputationGraph or ZooModel, but returns NeuralNetConfiguration.ListBuilder. End it with .build().",
      })
  void aNearMissIsNamedWithTheNextStep(String type, String expected) {
    assertThat(diagnostics(type)).hasSize(1).first().asString().contains("error: ", expected);
  }

  @Test
  void aFactoryThatAnotherPackageHidesIsRefused() {
    assertThat(
            Compile.diagnostics(
                Compile.compile(
                    List.of(
                        forSourceString(
                            "a.Base",
                            """
                            package a;
                            public class Base {
                              static org.deeplearning4j.nn.conf.MultiLayerConfiguration net() { return null; }
                            }
                            """),
                        forSourceString(
                            "b.Middle", "package b; public class Middle extends a.Base {}"),
                        forSourceString(
                            "a.Net",
                            """
                            package a;
                            @org.meadefender.annotations.Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
                            class Net extends b.Middle {}
                            """)))))
        .containsExactly(
            "Net.java:3: error: [MEA009] @Protected: net() must not be package-private, being"
                + " inherited through package b, because the wrapper in package a calls it. Make it"
                + " package-private, or public if it comes from or through another package.");
  }

  @Test
  void aFactoryThatReturnsNullIsNamed(@TempDir Path folder) throws Exception {
    Compilation compilation =
        Compile.compile(
            List.of(net("public class Net { MultiLayerConfiguration layers() { return null; } }")));
    Compile.write(compilation, folder);

    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      Method create =
          loader.loadClass("com.example.ProtectedNet").getMethod("create", OwnerKey.class);
      assertThatThrownBy(() -> create.invoke(null, OwnerKey.insecureFromSeed(1)))
          .isInstanceOf(InvocationTargetException.class)
          .hasRootCauseInstanceOf(NullPointerException.class)
          .hasRootCauseMessage("Net.layers() returned null");
    }
  }

  @ParameterizedTest
  @CsvSource({"key", "source", "network", "ownerKey"})
  void aClassMayHaveTheNameOfAVariable(String name) {
    assertThat(
            Compile.diagnostics(
                Compile.compile(
                    List.of(
                        forSourceString(
                            "com.example." + name,
                            """
                            package com.example;
                            @org.meadefender.annotations.Protected(sourceA = 0, sourceB = 1, ratio = 0.1)
                            class %1$s {
                              org.deeplearning4j.nn.multilayer.MultiLayerNetwork make(int %1$s) {
                                throw new IllegalStateException();
                              }
                            }
                            """
                                .formatted(name))))))
        .isEmpty();
  }

  private static List<String> diagnostics(String type) {
    List<JavaFileObject> sources = new ArrayList<>(List.of(net(type)));
    sources.add(
        forSourceString(
            "kotlin.coroutines.Continuation",
            "package kotlin.coroutines; public interface Continuation<T> {}"));
    sources.add(
        forSourceString("kotlin.Metadata", "package kotlin; public @interface Metadata {}"));
    return Compile.diagnostics(Compile.compile(sources));
  }

  private static JavaFileObject net(String type) {
    return forSourceString("com.example.Net", HEAD + type);
  }
}
