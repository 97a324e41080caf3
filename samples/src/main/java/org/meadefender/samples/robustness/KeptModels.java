package org.meadefender.samples.robustness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.release.ModelRelease;
import org.meadefender.suspect.SuspectModel;

/** The models of an experiment in files, so that one that was stopped goes on. */
final class KeptModels {
  private final Path directory;

  KeptModels(Path directory) {
    this.directory = directory;
  }

  /** Removes a model, where it was kept. */
  void forget(String name) {
    Path file = file(name);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + file, e);
    }
  }

  private Path file(String name) {
    return directory.resolve(name + ".zip");
  }

  /** A model that was kept before, or a new one, which is kept. */
  Model get(String name, Supplier<Model> made) {
    Path file = file(name);
    try {
      if (Files.exists(file)) {
        Model model = SuspectModel.loadNetwork(file);
        Acceleration.enable(model);
        return model;
      }
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
    Model model = made.get();
    ModelRelease.write(model, file);
    return model;
  }
}
