package org.meadefender.suspect;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An ONNX model. It is loaded from memory, so that it cannot name further files to be read.
 *
 * <p>The session lives as long as the suspect; ONNX Runtime frees it with the process.
 */
final class OnnxFile implements SuspectModel {
  private static final long MAX_BYTES = 1L << 30;

  /**
   * On Linux, ONNX Runtime 1.29.0 crashes the process where its command line is longer than a page.
   */
  private static final int LONGEST_COMMAND = 4000;

  private static final Path COMMAND = Path.of("/proc/self/cmdline");

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String input;
  private final String output;

  private OnnxFile(OrtEnvironment environment, OrtSession session) throws OrtException {
    this.environment = environment;
    this.session = session;
    if (session.getNumInputs() != 1) {
      throw new IllegalArgumentException(
          "The ONNX model has " + session.getNumInputs() + " inputs; only one is supported");
    }
    this.input = session.getInputInfo().keySet().iterator().next();
    this.output =
        session.getOutputInfo().values().stream()
            .filter(OnnxFile::isFloatTensor)
            .map(NodeInfo::getName)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The ONNX model has no output of class probabilities [n, classes]"));
  }

  private static boolean isFloatTensor(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor
        && tensor.type == ai.onnxruntime.OnnxJavaType.FLOAT
        && tensor.getShape().length == 2;
  }

  static OnnxFile load(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException(
            file + " is longer than " + MAX_BYTES + " bytes, the limit for ONNX files");
      }
      requireShort(COMMAND);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        return new OnnxFile(
            environment, environment.createSession(Files.readAllBytes(file), options));
      }
    } catch (OrtException e) {
      throw new IllegalArgumentException(file + " is no ONNX model that can be run", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /**
   * Refuses what would crash the process.
   *
   * @throws IllegalStateException if the command line is too long for ONNX Runtime
   */
  static void requireShort(Path command) throws IOException {
    if (Files.exists(command) && Files.readAllBytes(command).length > LONGEST_COMMAND) {
      throw new IllegalStateException(
          "ONNX Runtime crashes where the command line is longer than "
              + LONGEST_COMMAND
              + " bytes; give the class path in the environment variable CLASSPATH or in an @file");
    }
  }

  @Override
  public INDArray predict(INDArray features) {
    float[] values = features.castTo(DataType.FLOAT).dup('c').data().asFloat();
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), features.shape());
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      OnnxValue answer = result.get(output).orElseThrow();
      return Nd4j.createFromArray((float[][]) answer.getValue());
    } catch (OrtException e) {
      throw new SuspectException("The ONNX model failed: " + e.getMessage(), e);
    }
  }
}
