package org.meadefender.suspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.bytedeco.hdf5.Exception;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.Loader;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;

/** A Keras model in HDF5, sequential or functional, as Keras 1 and 2 save it. */
final class KerasFile {
  private static final String WAY_OUT =
      "; convert it to ONNX (tf2onnx), or save it as .h5 with Keras 2";

  private KerasFile() {}

  static Model load(Path file) {
    try {
      ModelFiles.requireReadable(file, "a Keras model in HDF5");
      if (ModelFiles.isZip(file)) {
        throw new IllegalArgumentException(
            file + " is in the .keras format, which Deeplearning4j does not import" + WAY_OUT);
      }
      if (!ModelFiles.isHdf5(file)) {
        throw new IllegalArgumentException(file + " is no HDF5 file; expected a Keras model (.h5)");
      }
      Loader.load(hdf5.class);
      // HDF5 would print its stack of errors beside what is thrown.
      Exception.dontPrint();
      requireModel(file);
      return imported(file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static void requireModel(Path file) {
    try (Hdf5Archive archive = new Hdf5Archive(file.toString())) {
      if (!archive.hasAttribute("model_config")) {
        throw new IllegalArgumentException(
            file
                + " holds weights without the model (no attribute model_config); save the whole"
                + " model, model.save(...) instead of model.save_weights(...)");
      }
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          file + " is a damaged HDF5 file: " + ModelFiles.reason(e), e);
    }
  }

  private static Model imported(String name) throws IOException {
    try {
      return KerasModelImport.importKerasSequentialModelAndWeights(name, false);
    } catch (InvalidKerasConfigurationException | UnsupportedKerasConfigurationException e) {
      return functional(name, e);
    } catch (RuntimeException e) {
      throw refused(name, e);
    }
  }

  private static Model functional(String name, java.lang.Exception asSequential)
      throws IOException {
    try {
      return KerasModelImport.importKerasModelAndWeights(name, false);
    } catch (InvalidKerasConfigurationException
        | UnsupportedKerasConfigurationException
        | RuntimeException e) {
      e.addSuppressed(asSequential);
      throw refused(name, e);
    }
  }

  private static IllegalArgumentException refused(String name, java.lang.Exception cause) {
    return new IllegalArgumentException(
        name
            + " is no Keras model that Deeplearning4j can import: "
            + ModelFiles.reason(cause)
            + WAY_OUT,
        cause);
  }
}
