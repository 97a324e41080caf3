package org.meadefender.suspect;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Reads arrays as ND4J writes them, and believes no header: ND4J allocates what one claims. */
final class StoredArray {
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

  private StoredArray() {}

  /**
   * Reads a vector or a row; 16-bit numbers become 32-bit ones.
   *
   * @param in over bytes in memory, of which it knows how many are left
   * @param what it is, for messages
   * @return {@code [1, n]}
   * @throws IllegalArgumentException if it is no row of numbers, or longer than what is left
   */
  static INDArray readRow(DataInputStream in, String what) throws IOException {
    Header shape = Header.read(in);
    Integer shapeWidth = WHOLE.get(shape.type);
    if (shape.length > MAX_SHAPE_VALUES || shapeWidth == null) {
      throw new IllegalArgumentException(what + " are no row of numbers");
    }
    in.skipNBytes(shape.length * shapeWidth);
    Header data = Header.read(in);
    ElementType type = TYPES.get(data.type);
    if (type == null) {
      throw new IllegalArgumentException(
          what
              + " of type "
              + data.type
              + " are not supported; FLOAT, DOUBLE, HALF and BFLOAT16 are");
    }
    if (data.length < 1 || data.length * type.width() > in.available()) {
      throw new IllegalArgumentException(
          what
              + " are damaged: the header claims "
              + data.length
              + ", the file holds "
              + in.available() / type.width());
    }
    int n = Math.toIntExact(data.length);
    return values(ByteBuffer.wrap(in.readNBytes(n * type.width())), type, n);
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
          length < 0 || length > Integer.MAX_VALUE / Double.BYTES ? Integer.MAX_VALUE : length,
          in.readUTF());
    }
  }
}
