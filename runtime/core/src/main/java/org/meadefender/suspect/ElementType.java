package org.meadefender.suspect;

import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.javacpp.indexer.Bfloat16Indexer;
import org.bytedeco.javacpp.indexer.HalfIndexer;

/** Types of a tensor's values, under the names that ONNX, KServe and TensorFlow give them. */
enum ElementType {
  FP32(4, "FLOAT", "DT_FLOAT"),
  FP64(8, "DOUBLE", "DT_DOUBLE"),
  FP16(2, "FLOAT16", "DT_HALF"),
  BF16(2, "BFLOAT16", "DT_BFLOAT16"),
  UINT8(1, "UINT8", "DT_UINT8"),
  INT8(1, "INT8", "DT_INT8"),
  UINT16(2, "UINT16", "DT_UINT16"),
  INT16(2, "INT16", "DT_INT16"),
  UINT32(4, "UINT32", "DT_UINT32"),
  INT32(4, "INT32", "DT_INT32"),
  UINT64(8, "UINT64", "DT_UINT64"),
  INT64(8, "INT64", "DT_INT64"),
  BOOL(1, "BOOL", "DT_BOOL"),
  /** Strings, or encoded images. */
  BYTES(0, "STRING", "DT_STRING");

  private final int width;
  private final String onnxName;
  private final String tensorflowName;

  ElementType(int width, String onnxName, String tensorflowName) {
    this.width = width;
    this.onnxName = onnxName;
    this.tensorflowName = tensorflowName;
  }

  /**
   * The type of a name.
   *
   * @throws IllegalArgumentException if it is unknown
   */
  static ElementType of(String name) {
    for (ElementType type : values()) {
      if (List.of(type.name(), type.onnxName, type.tensorflowName).contains(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException("The type " + name + " of a tensor is not supported");
  }

  boolean isText() {
    return this == BYTES;
  }

  /** Whether values are whole numbers, as bytes of an image and labels are. */
  boolean isWhole() {
    return !isText() && !isHalf() && this != FP32 && this != FP64;
  }

  /** Whether JSON has no form for it that servers read. */
  boolean isHalf() {
    return this == FP16 || this == BF16;
  }

  /** Bytes of a value; 0 for text. */
  int width() {
    return width;
  }

  /** Adds a value, rounded if only whole numbers can be told. */
  void put(ByteBuffer buffer, double value) {
    switch (this) {
      case FP32 -> buffer.putFloat((float) value);
      case FP64 -> buffer.putDouble(value);
      case FP16 -> buffer.putShort((short) HalfIndexer.fromFloat((float) value));
      case BF16 -> buffer.putShort((short) Bfloat16Indexer.fromFloat((float) value));
      case UINT8, INT8, BOOL -> buffer.put((byte) Math.round(value));
      case UINT16, INT16 -> buffer.putShort((short) Math.round(value));
      case UINT32, INT32 -> buffer.putInt((int) Math.round(value));
      case UINT64, INT64 -> buffer.putLong(Math.round(value));
      case BYTES -> throw new IllegalStateException("Text is no number");
    }
  }

  /** Takes a value. */
  double get(ByteBuffer buffer) {
    return switch (this) {
      case FP32 -> buffer.getFloat();
      case FP64 -> buffer.getDouble();
      case FP16 -> HalfIndexer.toFloat(buffer.getShort());
      case BF16 -> Bfloat16Indexer.toFloat(buffer.getShort());
      case UINT8 -> buffer.get() & 0xff;
      case INT8, BOOL -> buffer.get();
      case UINT16 -> buffer.getShort() & 0xffff;
      case INT16 -> buffer.getShort();
      case UINT32 -> buffer.getInt() & 0xffffffffL;
      case INT32 -> buffer.getInt();
      case UINT64, INT64 -> buffer.getLong();
      case BYTES -> throw new IllegalStateException("Text is no number");
    };
  }
}
