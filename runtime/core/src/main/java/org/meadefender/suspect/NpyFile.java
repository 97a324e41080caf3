package org.meadefender.suspect;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meadefender.internal.Json;
import org.meadefender.internal.WholeFile;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * NumPy's format of an array, version 1: numbers only, row by row.
 *
 * @param type type of the values
 * @param shape its axes
 * @param values all values
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NpyFile(ElementType type, List<Integer> shape, double[] values) {
  private static final int MAX_BYTES = 1 << 30;
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Magic number, version and length of the header. */
  private static final int HEAD = 10;

  private static final int ALIGNMENT = 64;

  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<|>=])([a-zA-Z]\\d*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*False");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([\\d, ]*)\\)");

  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("f4", ElementType.FP32),
          Map.entry("f8", ElementType.FP64),
          Map.entry("f2", ElementType.FP16),
          Map.entry("u1", ElementType.UINT8),
          Map.entry("i1", ElementType.INT8),
          Map.entry("u2", ElementType.UINT16),
          Map.entry("i2", ElementType.INT16),
          Map.entry("u4", ElementType.UINT32),
          Map.entry("i4", ElementType.INT32),
          Map.entry("u8", ElementType.UINT64),
          Map.entry("i8", ElementType.INT64));

  /** Writes an array as 32-bit floating-point numbers. */
  static void write(INDArray array, Path file) throws IOException {
    String shape =
        Arrays.stream(array.shape()).mapToObj(Long::toString).collect(Collectors.joining(", "));
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + ",), }";
    int padding = (ALIGNMENT - (HEAD + header.length() + 1) % ALIGNMENT) % ALIGNMENT;
    byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    float[] values = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
    WholeFile.write(
        file,
        temporary -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
            out.write(MAGIC);
            out.write(new byte[] {1, 0, (byte) text.length, (byte) (text.length >> 8)});
            out.write(text);
            ByteBuffer one = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : values) {
              out.write(one.putFloat(0, value).array());
            }
          }
        });
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is no such array of numbers
   */
  static NpyFile read(Path file) throws IOException {
    byte[] bytes = Json.read(file, MAX_BYTES);
    if (bytes.length < HEAD || !Arrays.equals(Arrays.copyOf(bytes, MAGIC.length), MAGIC)) {
      throw new IllegalArgumentException(file + " is no file that numpy.save writes");
    }
    int length = (bytes[8] & 0xff) | (bytes[9] & 0xff) << 8;
    int start = Math.min(bytes.length, HEAD + length);
    String header = new String(bytes, HEAD, start - HEAD, StandardCharsets.US_ASCII);
    Matcher type = TYPE.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    boolean known =
        bytes[6] == 1
            && type.find()
            && !type.group(1).equals(">")
            && TYPES.containsKey(type.group(2))
            && ORDER.matcher(header).find()
            && shape.find();
    if (!known) {
      throw new IllegalArgumentException(
          file
              + " holds "
              + header.strip()
              + "; expected numbers in rows: numpy.save of numpy.ascontiguousarray(a,"
              + " dtype='float32')");
    }
    ElementType element = java.util.Objects.requireNonNull(TYPES.get(type.group(2)));
    List<Integer> axes =
        Stream.of(shape.group(1).split(",", -1))
            .map(String::strip)
            .filter(axis -> !axis.isEmpty())
            .map(NpyFile::axis)
            .toList();
    long count = axes.stream().mapToLong(Integer::longValue).reduce(1, NpyFile::times);
    if (count * element.width() != bytes.length - start) {
      throw new IllegalArgumentException(
          file + " is cut off: its header claims the shape " + axes + ", write it again");
    }
    ByteBuffer buffer =
        ByteBuffer.wrap(bytes, start, bytes.length - start).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = element.get(buffer);
    }
    return new NpyFile(element, axes, values);
  }

  /** Bounded, so that no product of axes overflows. */
  private static long times(long a, long b) {
    return Math.min(a, 1L << 31) * Math.min(b, 1L << 31);
  }

  private static int axis(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("The axis " + text + " of an array is too long", e);
    }
  }
}
