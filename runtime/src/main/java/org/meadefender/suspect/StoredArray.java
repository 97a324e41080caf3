package org.meadefender.suspect;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Reads arrays as ND4J writes them, and believes no header: ND4J allocates what one claims. */
final class StoredArray {
  /** Shape information of a vector or a row: rank, shape, strides, extras, stride, order. */
  private static final int MAX_SHAPE_LONGS = 12;

  /** ND4J's older and newer name for 64-bit integers. */
  private static final Set<String> WHOLE = Set.of("LONG", "INT64");

  private StoredArray() {}

  /**
   * Reads a vector or a row.
   *
   * @param in over bytes in memory, of which it knows how many are left
   * @param what it is, for messages
   * @return {@code [1, n]}
   * @throws IllegalArgumentException if it is no row of numbers, or longer than what is left
   */
  static INDArray readRow(DataInputStream in, String what) throws IOException {
    Header shape = Header.read(in);
    if (shape.length > MAX_SHAPE_LONGS || !WHOLE.contains(shape.type)) {
      throw new IllegalArgumentException(what + " are no row of numbers");
    }
    in.skipNBytes(shape.length * Long.BYTES);
    Header data = Header.read(in);
    boolean isDouble = data.type.equals(DataType.DOUBLE.name());
    if (!isDouble && !data.type.equals(DataType.FLOAT.name())) {
      throw new IllegalArgumentException(
          what + " of type " + data.type + " are not supported, FLOAT or DOUBLE are");
    }
    int width = isDouble ? Double.BYTES : Float.BYTES;
    if (data.length < 1 || data.length * width > in.available()) {
      throw new IllegalArgumentException(
          what
              + " are damaged: the header claims "
              + data.length
              + ", the file holds "
              + in.available() / width);
    }
    int n = Math.toIntExact(data.length);
    ByteBuffer bytes = ByteBuffer.wrap(in.readNBytes(n * width));
    if (isDouble) {
      double[] values = new double[n];
      bytes.asDoubleBuffer().get(values);
      return Nd4j.createFromArray(values).reshape(1, n);
    }
    float[] values = new float[n];
    bytes.asFloatBuffer().get(values);
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
