package org.meadefender.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.meadefender.suspect.SuspectModel;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A model beside the suspect, with options of its own: {@code "other.onnx --scale 255"}. */
@Command(name = "--reference")
final class SuppliedReference {
  @Mixin private AskingOptions options;

  private SuppliedReference() {}

  /**
   * Opens the model.
   *
   * @param text its file or address, with the options that go with it
   * @param dataClasses names of the data's classes
   * @throws IllegalArgumentException if an option is unknown or its value cannot be used
   */
  static SuspectModel open(String text, List<String> dataClasses) throws IOException {
    SuppliedReference model = new SuppliedReference();
    List<String> words = isFile(text) ? List.of(text) : Words.of(text);
    try {
      NamedFiles.requireWritable(
          new CommandLine(model)
              .setCaseInsensitiveEnumValuesAllowed(true)
              .setExpandAtFiles(false)
              .parseArgs(words.toArray(String[]::new)));
    } catch (CommandLine.ParameterException | IllegalArgumentException e) {
      throw new IllegalArgumentException("--reference \"" + text + "\": " + e.getMessage(), e);
    }
    return model.options.open(dataClasses);
  }

  /** File names may hold spaces. */
  static boolean isFile(String text) {
    try {
      return Files.isRegularFile(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
