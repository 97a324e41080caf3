package org.meadefender.suspect;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tensors for ONNX Runtime, and what comes back from it. */
final class OnnxValues {
  private OnnxValues() {}

  static OnnxTensor tensor(OrtEnvironment environment, ElementType type, INDArray values)
      throws OrtException {
    float[] numbers = values.castTo(DataType.FLOAT).dup('c').data().asFloat();
    ByteBuffer buffer = buffer(type, numbers.length);
    for (float number : numbers) {
      type.put(buffer, number);
    }
    return OnnxTensor.createTensor(environment, buffer.flip(), values.shape(), javaType(type));
  }

  /** An input whose values are all the same. */
  static OnnxTensor filled(OrtEnvironment environment, DeclaredInput input, double value, long rows)
      throws OrtException {
    long[] shape = input.filledShape(rows);
    int values = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    ByteBuffer buffer = buffer(input.type(), values);
    for (int i = 0; i < values; i++) {
      input.type().put(buffer, value);
    }
    return OnnxTensor.createTensor(environment, buffer.flip(), shape, javaType(input.type()));
  }

  private static ByteBuffer buffer(ElementType type, int values) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(values, type.width()))
        .order(ByteOrder.nativeOrder());
  }

  private static OnnxJavaType javaType(ElementType type) {
    for (OnnxJavaType each : OnnxJavaType.values()) {
      if (each != OnnxJavaType.UNKNOWN && ElementType.of(each.name()) == type) {
        return each;
      }
    }
    throw new IllegalArgumentException("ONNX Runtime for Java takes no " + type);
  }

  /** What an output holds, if it is of use. */
  static Optional<Output> read(OnnxValue value) throws OrtException {
    if (value instanceof OnnxTensor tensor) {
      return read(tensor);
    }
    if (value instanceof OnnxSequence sequence && sequence.getInfo().isSequenceOfMaps()) {
      List<Map<String, Double>> rows = new ArrayList<>();
      for (OnnxValue row : sequence.getValue()) {
        try (OnnxMap map = (OnnxMap) row) {
          Map<String, Double> scores = new LinkedHashMap<>();
          map.getValue()
              .forEach(
                  (label, score) -> scores.put(label.toString(), ((Number) score).doubleValue()));
          rows.add(scores);
        }
      }
      return Optional.of(new Output.Scores(rows));
    }
    return Optional.empty();
  }

  private static Optional<Output> read(OnnxTensor tensor) throws OrtException {
    ElementType type = ElementType.of(tensor.getInfo().type.name());
    if (type.isText()) {
      List<String> labels = new ArrayList<>();
      addAll(tensor.getValue(), labels);
      return Optional.of(new Output.Texts(labels));
    }
    ByteBuffer bytes = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
    double[] values = new double[bytes.remaining() / type.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.get(bytes);
    }
    return Optional.of(new Output.Numbers(values, type.isWhole()));
  }

  private static void addAll(Object values, List<String> labels) {
    if (values instanceof Object[] several) {
      for (Object each : several) {
        addAll(each, labels);
      }
    } else {
      labels.add(values.toString());
    }
  }
}
