package org.meadefender.suspect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes small ONNX models: the few messages of its protobuf schema that tests need. */
final class OnnxModels {
  static final int FLOAT = 1;
  static final int UINT8 = 2;
  static final int INT64 = 7;
  static final int STRING = 8;
  static final int BOOL = 9;
  static final int FLOAT16 = 10;
  static final int DOUBLE = 11;

  private final Message graph = new Message();

  /** A protobuf message. */
  static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      bytes.writeBytes(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.bytes.toByteArray());
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        bytes.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      bytes.write((int) rest);
    }
  }

  /**
   * A tensor that is declared.
   *
   * @param shape -1 for an open axis
   */
  static Message tensor(String name, int type, long... shape) {
    Message axes = new Message();
    for (long length : shape) {
      axes.message(1, length < 0 ? new Message().text(2, "n") : new Message().number(1, length));
    }
    return new Message()
        .text(1, name)
        .message(2, new Message().message(1, new Message().number(1, type).message(2, axes)));
  }

  OnnxModels input(String name, int type, long... shape) {
    graph.message(11, tensor(name, type, shape));
    return this;
  }

  OnnxModels output(String name, int type, long... shape) {
    graph.message(12, tensor(name, type, shape));
    return this;
  }

  /** A list of maps from labels to scores, as ZipMap gives it. */
  OnnxModels maps(String name, int keyType) {
    Message scores = new Message().message(1, new Message().number(1, FLOAT));
    Message map = new Message().number(1, keyType).message(2, scores);
    Message sequence = new Message().message(1, new Message().message(5, map));
    graph.message(12, new Message().text(1, name).message(2, new Message().message(4, sequence)));
    return this;
  }

  OnnxModels constant(String name, long[] shape, float... values) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return initializer(name, FLOAT, raw.array(), shape);
  }

  OnnxModels wholes(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    return initializer(name, INT64, raw.array(), values.length);
  }

  private OnnxModels initializer(String name, int type, byte[] raw, long... shape) {
    Message tensor = new Message().number(2, type).text(8, name).bytes(9, raw);
    for (long length : shape) {
      tensor.number(1, length);
    }
    graph.message(5, tensor);
    return this;
  }

  /** Weights that lie in another file. */
  OnnxModels external(String name, String file, long... shape) {
    Message tensor =
        new Message()
            .number(2, FLOAT)
            .text(8, name)
            .message(13, new Message().text(1, "location").text(2, file))
            .number(14, 1);
    for (long length : shape) {
      tensor.number(1, length);
    }
    graph.message(5, tensor);
    return this;
  }

  /** A node of the standard operators. */
  OnnxModels node(String operator, String inputs, String outputs, Message... attributes) {
    return node("", operator, inputs, outputs, attributes);
  }

  OnnxModels node(
      String domain, String operator, String inputs, String outputs, Message... attributes) {
    Message node = new Message();
    for (String input : inputs.split(" ", -1)) {
      node.text(1, input);
    }
    for (String output : outputs.split(" ", -1)) {
      node.text(2, output);
    }
    node.text(4, operator);
    for (Message attribute : attributes) {
      node.message(5, attribute);
    }
    graph.message(1, node.text(7, domain));
    return this;
  }

  static Message attribute(String name, long value) {
    return new Message().text(1, name).number(3, value).number(20, 2);
  }

  static Message labels(String name, String... values) {
    Message attribute = new Message().text(1, name).number(20, 8);
    for (String value : values) {
      attribute.text(9, value);
    }
    return attribute;
  }

  static Message wholeNumbers(String name, long... values) {
    Message attribute = new Message().text(1, name).number(20, 7);
    for (long value : values) {
      attribute.number(8, value);
    }
    return attribute;
  }

  byte[] toBytes() {
    Message model = new Message().number(1, 8).message(7, graph.text(2, "test"));
    model.message(8, new Message().text(1, "").number(2, 13));
    model.message(8, new Message().text(1, "ai.onnx.ml").number(2, 2));
    return model.bytes.toByteArray();
  }
}
