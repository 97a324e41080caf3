package org.meadefender.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.meadefender.accelerate.Acceleration;

/** A stolen copy that later steps attack further, kept on disk so that an audit can resume. */
final class CopyFile {
  private CopyFile() {}

  static Optional<Model> at(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Model model;
      try {
        model = MultiLayerNetwork.load(file.toFile(), false);
      } catch (RuntimeException notLayers) {
        model = ComputationGraph.load(file.toFile(), false);
      }
      Acceleration.enable(model);
      return Optional.of(model);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the stolen copy " + file, e);
    }
  }

  static void write(Model model, Path file) {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ModelSerializer.writeModel(model, temporary.toFile(), false);
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the stolen copy " + file, e);
    }
  }
}
