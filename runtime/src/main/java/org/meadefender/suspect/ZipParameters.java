package org.meadefender.suspect;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The parameters of a saved network, as every version of ND4J wrote them. */
final class ZipParameters {
  /** No more than fit into an array of bytes. */
  private static final long MAX_VALUES = 1 << 30;

  /** Shape information of a vector or a row: rank, shape, strides, extras, stride, order. */
  private static final int MAX_SHAPE_VALUES = 12;

  /** Types of shape information: long, or int up to ND4J 0.9. */
  private static final Map<String, Integer> WHOLE =
      Map.of("LONG", Long.BYTES, "INT64", Long.BYTES, "INT", Integer.BYTES, "INT32", Integer.BYTES);

  private static final Map<String, ElementType> TYPES =
      Map.of(
          "FLOAT", ElementType.FP32,
          "DOUBLE", ElementType.FP64,
          "HALF", ElementType.FP16,
          "FLOAT16", ElementType.FP16,
          "BFLOAT16", ElementType.BF16);

  private ZipParameters() {}

  /**
   * Reads the parameters; 16-bit numbers become 32-bit ones.
   *
   * @return {@code [1, n]}
   * @throws IllegalArgumentException if they are of another type, cut off or damaged
   */
  static INDArray read(byte[] bytes, String name) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Header shape = Header.read(in);
      Integer shapeWidth = WHOLE.get(shape.type);
      if (shape.length > MAX_SHAPE_VALUES || shapeWidth == null) {
        throw new IllegalArgumentException(name + ": the parameters are no row of numbers");
      }
      in.skipNBytes(shape.length * shapeWidth);
      Header data = Header.read(in);
      ElementType type = TYPES.get(data.type);
      if (type == null) {
        throw new IllegalArgumentException(
            name
                + ": parameters of type "
                + data.type
                + " are not supported; FLOAT, DOUBLE, HALF and BFLOAT16 are");
      }
      if (data.length < 1 || data.length * type.width() != in.available()) {
        throw new IllegalArgumentException(
            name
                + ": the header claims "
                + data.length
                + " parameters, the file holds "
                + in.available() / type.width());
      }
      return values(
          ByteBuffer.wrap(bytes, bytes.length - in.available(), in.available()),
          type,
          Math.toIntExact(data.length));
    } catch (IOException e) {
      throw new IllegalArgumentException(name + ": the parameters are cut off or damaged", e);
    }
  }

  private static INDArray values(ByteBuffer bytes, ElementType type, int n) {
    if (type == ElementType.FP64) {
      double[] values = new double[n];
      bytes.asDoubleBuffer().get(values);
      return Nd4j.createFromArray(values).reshape(1, n);
    }
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) type.get(bytes);
    }
    return Nd4j.createFromArray(values).reshape(1, n);
  }

  /**
   * Head of a buffer as ND4J writes it.
   *
   * @param length number of values
   * @param type name of their type
   */
  private record Header(long length, String type) {
    /** Allocation modes up to this one have a length of 4 bytes. */
    private static final Set<String> SHORT = Set.of("DIRECT", "HEAP", "JAVACPP");

    static Header read(DataInputStream in) throws IOException {
      String mode = in.readUTF();
      long length = SHORT.contains(mode) ? in.readInt() : in.readLong();
      // A bound that keeps products of lengths and widths from overflowing.
      return new Header(
          length < 0 || length > MAX_VALUES ? Integer.MAX_VALUE : length, in.readUTF());
    }
  }
}
