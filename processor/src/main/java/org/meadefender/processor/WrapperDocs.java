package org.meadefender.processor;

import com.palantir.javapoet.CodeBlock;
import java.util.Locale;

/** The Javadoc of wrappers. */
final class WrapperDocs {
  static final String VERIFY =
      """
      Tests a suspect for the watermark, without the owner's model.

      @param key the key that the owner's model was created with
      @param suspect the model to test; only its answers are used
      @param heldOut task samples that no model was trained on, with one-hot labels
      @return the verdict with its figures
      """;

  static final String VERIFIER =
      """
      A verifier for the watermark that takes options, such as a budget of queries or independent
      models.

      @param key the key that the owner's model was created with
      @return a verifier to call {@code withOptions} and {@code verify} on
      """;

  private WrapperDocs() {}

  /** Says what was protected and how to verify. */
  static CodeBlock type(WrapperModel wrapper) {
    CodeBlock.Builder docs =
        CodeBlock.builder()
            .add("Trains the model of {@link $T} with an ownership watermark.\n", wrapper.source())
            .add("\n<p>What is protected:\n<ul>\n");
    wrapper.marks().forEach(mark -> docs.add("  <li>$L\n", describe(mark)));
    return docs.add("</ul>\n")
        .add(
            "\n<p>To find out whether a suspect was copied from a model that this class trained:\n")
        .add("<pre>{@code\n")
        .add(
            "OwnershipVerdict verdict = $L.verifyOwnership(key, Path.of(\"suspect.zip\"), heldOut);\n",
            wrapper.wrapper().simpleName())
        .add("}</pre>\n")
        .build();
  }

  static CodeBlock create(WrapperModel wrapper, String key, String instance) {
    CodeBlock.Builder docs =
        CodeBlock.builder()
            .add("Creates an untrained model that will be marked with the owner's key.\n\n");
    wrapper
        .factory()
        .typeVariables()
        .forEach(each -> docs.add("@param <$L> as in {@link $T}\n", each.name(), wrapper.source()));
    docs.add("@param $L the owner's secret; verification needs the same one\n", key);
    if (!instance.isEmpty()) {
      docs.add("@param $L what makes the model\n", instance);
    }
    wrapper
        .factory()
        .parameters()
        .forEach(
            each ->
                docs.add(
                    "@param $L passed to {@link $T}#$L\n",
                    each.name(),
                    wrapper.source(),
                    wrapper.factory().method()));
    docs.add("@return a model to call {@code fit} on\n");
    wrapper
        .factory()
        .thrown()
        .forEach(each -> docs.add("@throws $T if making the model does\n", each));
    return docs.build();
  }

  private static String describe(Mark mark) {
    String target =
        mark.target().isPresent()
            ? "class " + mark.target().getAsInt()
            : "a class that the owner's key chooses";
    String kind =
        mark.combine()
            .map(each -> "combined by " + each.toLowerCase(Locale.ROOT).replace('_', ' '))
            .orElse("combined");
    return "samples of classes "
        + mark.sourceA()
        + " and "
        + mark.sourceB()
        + ", "
        + kind
        + ", answer as "
        + target
        + ";\n      "
        + mark.ratio()
        + " watermark rows per task row, "
        + (mark.evasion() ? "with" : "without")
        + " evasion rows";
  }
}
