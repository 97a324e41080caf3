package org.meadefender.processor;

import static com.google.testing.compile.JavaFileObjects.forSourceString;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** The error that matters is not hidden by those of the classes that use the wrapper. */
class CascadeTest {
  /** Its users' errors would be more than the compiler shows, and hide the one that matters. */
  @Test
  void aWrongValueIsTheOnlyError() {
    assertThat(Compile.diagnostics(Compile.compile(List.of(bad("2", ""), usersOfBad()))))
        .hasSize(1)
        .first()
        .asString()
        .contains("[MEA005]");
  }

  @Test
  void aWrongClassIsReportedBeforeTheUsersOfItsWrapper() {
    List<String> reported =
        Compile.diagnostics(
            Compile.compile(
                List.of(usersOfBad(), bad("0.1", "MultiLayerNetwork more() { return null; }"))));

    assertThat(reported).hasSize(100).first().asString().contains("[MEA008]");
  }

  private static JavaFileObject usersOfBad() {
    String users =
        IntStream.range(0, 150)
            .mapToObj(each -> "  ProtectedBad user" + each + ";\n")
            .collect(Collectors.joining());
    return forSourceString(
        "com.example.Owner", "package com.example;\nclass Owner {\n" + users + "}");
  }

  private static JavaFileObject bad(String ratio, String members) {
    return forSourceString(
        "com.example.Bad",
        """
        package com.example;
        import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
        @org.meadefender.annotations.Protected(sourceA = 0, sourceB = 1, ratio = %s)
        class Bad {
          static MultiLayerNetwork make() { throw new IllegalStateException(); }
          %s
        }
        """
            .formatted(ratio, members));
  }
}
