package org.meadefender.processor;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.Filer;

/** Writes wrappers: delegation to the runtime, and no decision of its own. */
final class WriteWrapper {
  private static final String VERIFICATIONS =
      """

        /** Tests a suspect; held out are labelled samples that no model was trained on. */
        public static ‹org.meadefender.verify/OwnershipVerdict› verifyOwnership(
            ‹org.meadefender.spec/OwnerKey› key, ‹org.meadefender.suspect/SuspectModel› suspect, ‹org.nd4j.linalg.dataset.api.iterator/DataSetIterator› heldOut) {
          return verifier(key).verify(suspect, heldOut);
        }

        /** The same for a network. */
        public static ‹org.meadefender.verify/OwnershipVerdict› verifyOwnership(
            ‹org.meadefender.spec/OwnerKey› key, ‹org.deeplearning4j.nn.api/Model› suspect, ‹org.nd4j.linalg.dataset.api.iterator/DataSetIterator› heldOut) {
          return verifyOwnership(key, ‹org.meadefender.suspect/SuspectModel›.of(suspect), heldOut);
        }

        /** The same for a file. */
        public static ‹org.meadefender.verify/OwnershipVerdict› verifyOwnership(
            ‹org.meadefender.spec/OwnerKey› key, ‹java.nio.file/Path› suspect, ‹org.nd4j.linalg.dataset.api.iterator/DataSetIterator› heldOut) {
          return verifyOwnership(key, ‹org.meadefender.suspect/SuspectModel›.load(suspect), heldOut);
        }

        /** For verification with options, such as a budget of queries or independent models. */
        public static ‹org.meadefender.verify/OwnershipVerifier› verifier(‹org.meadefender.spec/OwnerKey› key) {
          return ‹org.meadefender.verify/OwnershipVerifier›.of(WATERMARKS, key);
        }
      }
      """;

  private final Wrapper wrapper;

  private WriteWrapper(Wrapper wrapper) {
    this.wrapper = wrapper;
  }

  /** Writes the file, in the class's own package and module. */
  static void to(Filer filer, String module, Wrapper wrapper) throws IOException {
    String file = (module.isEmpty() ? "" : module + "/") + wrapper.qualifiedName();
    try (Writer writer = filer.createSourceFile(file, wrapper.origin()).openWriter()) {
      writer.write(source(wrapper));
    }
  }

  static String source(Wrapper wrapper) {
    Set<String> taken = new HashSet<>(wrapper.call().names());
    taken.add(wrapper.name());
    return Imports.resolve(wrapper.packageName(), new WriteWrapper(wrapper).body(), taken);
  }

  private String body() {
    return """
        /** Trains the model of {@link %1$s} with an ownership watermark, and tests suspects for it. */
        %2$s%3$sfinal class %4$s extends ‹org.meadefender.wrapper/TrainingWrapper›<%5$s> {
          private static final ‹java.util/List›<‹org.meadefender.spec/WatermarkSpec›> WATERMARKS =
              ‹java.util/List›.of(%6$s);

          private %4$s(‹org.meadefender.train/ProtectedModel›<%5$s> model) {
            super(model);
          }

          /** Creates an untrained model, to be marked with the owner's secret key. */
        """
            .formatted(
                TypeText.name(wrapper.origin()),
                annotations(),
                wrapper.visible() ? "public " : "",
                wrapper.name(),
                wrapper.model().network(),
                wrapper.watermarks().stream()
                    .map(Watermark::expression)
                    .collect(joining(",\n          ")))
        + create()
        + VERIFICATIONS;
  }

  private String annotations() {
    String generated =
        wrapper.generated()
            ? "@‹javax.annotation.processing/Generated›(\""
                + ProtectedProcessor.class.getName()
                + "\")\n"
            : "";
    String keys =
        wrapper.suppressed().stream().map(each -> '"' + each + '"').collect(joining(", "));
    return switch (wrapper.suppressed().size()) {
      case 0 -> generated;
      case 1 -> generated + "@‹java.lang/SuppressWarnings›(" + keys + ")\n";
      default -> generated + "@‹java.lang/SuppressWarnings›({" + keys + "})\n";
    };
  }

  private String create() {
    Call call = wrapper.call();
    return """
          public static %1$s%2$s create(%3$s)%4$s {
            var %5$s =
                ‹java.util/Objects›.requireNonNull(%6$s, "%7$s returned null")%8$s;
            return new %2$s(‹org.meadefender.train/ProtectedModel›.create(WATERMARKS, %9$s, %5$s));
          }
        """
        .formatted(
            call.typeVariables().isEmpty()
                ? ""
                : "<" + String.join(", ", call.typeVariables()) + "> ",
            wrapper.name(),
            parameters(call.parameters()),
            call.thrown().isEmpty() ? "" : " throws " + String.join(", ", call.thrown()),
            call.network(),
            call.expression(),
            call.description(),
            wrapper.model().zoo() ? ".init()" : "",
            call.key());
  }

  private static String parameters(List<String> parameters) {
    return parameters.size() > 3
        ? "\n      " + String.join(",\n      ", parameters)
        : String.join(", ", parameters);
  }
}
