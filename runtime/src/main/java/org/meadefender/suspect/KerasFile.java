package org.meadefender.suspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;

/** A Keras model in HDF5, sequential or functional. */
final class KerasFile {
  private KerasFile() {}

  static Model load(Path file) {
    String name = file.toString();
    try {
      return KerasModelImport.importKerasSequentialModelAndWeights(name, false);
    } catch (InvalidKerasConfigurationException | UnsupportedKerasConfigurationException e) {
      return functional(name);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(file + " is no Keras model that can be imported", e);
    }
  }

  private static Model functional(String name) {
    try {
      return KerasModelImport.importKerasModelAndWeights(name, false);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name, e);
    } catch (InvalidKerasConfigurationException
        | UnsupportedKerasConfigurationException
        | RuntimeException e) {
      throw new IllegalArgumentException(name + " is no Keras model that can be imported", e);
    }
  }
}
