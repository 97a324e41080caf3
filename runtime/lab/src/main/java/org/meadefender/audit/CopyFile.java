package org.meadefender.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.internal.WholeFile;
import org.meadefender.suspect.SuspectModel;

/** A stolen copy that later attacks go on with, kept on disk so that an audit can resume. */
final class CopyFile {
  private CopyFile() {}

  static Optional<Model> at(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Model model = SuspectModel.loadNetwork(file);
    Acceleration.enable(model);
    return Optional.of(model);
  }

  static void write(Model model, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      WholeFile.write(
          file, temporary -> ModelSerializer.writeModel(model, temporary.toFile(), false));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the stolen copy " + file, e);
    }
  }
}
