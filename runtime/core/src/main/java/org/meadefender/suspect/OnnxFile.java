package org.meadefender.suspect;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.meadefender.internal.BoundedFile;
import org.meadefender.internal.Digests;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An ONNX model. It is loaded from memory, so that it cannot name further files to be read.
 *
 * <p>The session lives as long as the suspect; ONNX Runtime frees it with the process. The
 * runtime's own messages are printed only where this class's logger is at debug level.
 */
final class OnnxFile implements SuspectModel {
  private static final Logger log = LoggerFactory.getLogger(OnnxFile.class);
  private static final int MAX_BYTES = 1 << 30;

  /**
   * On Linux, ONNX Runtime 1.29.0 crashes the process where its command line is longer than a page.
   */
  private static final int LONGEST_COMMAND = 4000;

  private static final Path COMMAND = Path.of("/proc/self/cmdline");

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final SuspectOptions options;
  private final String identity;
  private final AnswerReader reader;
  private final List<DeclaredInput> inputs = new ArrayList<>();

  private OnnxFile(
      OrtEnvironment environment, OrtSession session, SuspectOptions options, String identity)
      throws OrtException {
    this.environment = environment;
    this.session = session;
    this.options = options;
    this.identity = identity;
    this.reader = AnswerReader.of(options);
    for (NodeInfo node : session.getInputInfo().values()) {
      if (!(node.getInfo() instanceof TensorInfo tensor)) {
        throw new IllegalArgumentException(
            "The ONNX model's input " + node.getName() + " is no tensor: " + node.getInfo());
      }
      inputs.add(
          DeclaredInput.of(node.getName(), ElementType.of(tensor.type.name()), tensor.getShape()));
    }
    requireNames();
  }

  private void requireNames() throws OrtException {
    TreeSet<String> names = new TreeSet<>(inputs.stream().map(DeclaredInput::name).toList());
    TreeSet<String> given = new TreeSet<>(options.constants().keySet());
    options.input().ifPresent(given::add);
    if (!names.containsAll(given)) {
      given.removeAll(names);
      throw new IllegalArgumentException(
          "The ONNX model has no input " + given + "; its inputs are " + inputs);
    }
    if (inputs.size() - options.constants().size() != 1) {
      throw new IllegalArgumentException(
          "The ONNX model has the inputs "
              + inputs
              + "; give all but that of the samples a value, by --constant NAME=NUMBER for each"
              + " (SuspectOptions.withConstant)");
    }
    TreeSet<String> outputs = new TreeSet<>(session.getOutputInfo().keySet());
    if (options.output().isPresent() && !outputs.contains(options.output().get())) {
      throw new IllegalArgumentException(
          "The ONNX model has no output " + options.output().get() + ", only " + outputs);
    }
  }

  static OnnxFile load(Path file, SuspectOptions options) {
    try {
      ModelFiles.requireReadable(file, "an ONNX model");
      requireShort(COMMAND);
      OrtLoggingLevel level =
          log.isDebugEnabled()
              ? OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING
              : OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
      OrtEnvironment environment = OrtEnvironment.getEnvironment(level);
      try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
        settings.setSessionLogLevel(level);
        return new OnnxFile(
            environment,
            environment.createSession(BoundedFile.read(file, MAX_BYTES), settings),
            options,
            "sha256:" + Digests.of(file));
      }
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          file
              + " is no ONNX model that can be run: "
              + ModelFiles.reason(e)
              + (namesOtherFiles(e) ? "; save it with all weights in this one file" : ""),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static boolean namesOtherFiles(OrtException e) {
    return String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT).contains("external");
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
  public String identity() {
    return identity;
  }

  @Override
  public INDArray predict(INDArray features) {
    DeclaredInput samples =
        inputs.stream()
            .filter(each -> !options.constants().containsKey(each.name()))
            .findFirst()
            .orElseThrow();
    INDArray rows = samples.fit(features, options.format());
    boolean exact = samples.batch() > 0;
    return Batches.ask(
        rows, exact ? samples.batch() : (int) rows.size(0), exact, batch -> ask(samples, batch));
  }

  private float[][] ask(DeclaredInput samples, INDArray batch) {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (DeclaredInput input : inputs) {
        Double constant = options.constants().get(input.name());
        tensors.put(
            input.name(),
            constant == null
                ? OnnxValues.tensor(environment, samples.type(), batch)
                : OnnxValues.filled(environment, input, constant, batch.size(0)));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        Map<String, Output> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> each : result) {
          OnnxValues.read(each.getValue()).ifPresent(value -> outputs.put(each.getKey(), value));
        }
        return reader.read(outputs, (int) batch.size(0));
      }
    } catch (OrtException e) {
      throw new SuspectException("The ONNX model failed: " + ModelFiles.reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new SuspectException(
          "The answer of the ONNX model cannot be used: " + e.getMessage(), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }
}
