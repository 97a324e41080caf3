package org.meadefender.combine;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * How an autoencoder is written: a sign, a version, the samples' layout, the statistics, the
 * parameters, and a check sum. The layers follow from the layout.
 */
final class AutoencoderBytes {
  /** "MEAE". */
  private static final int SIGN = 0x4d454145;

  private static final int VERSION = 1;
  private static final int HEADER = 6 * Integer.BYTES;

  private AutoencoderBytes() {}

  static byte[] write(AutoencoderScale scale, float[] parameters) {
    SampleShape shape = scale.plan().shape();
    ByteBuffer bytes = ByteBuffer.allocate(length(scale.plan()));
    bytes.putInt(SIGN).putInt(VERSION);
    bytes.putInt(shape.outer()).putInt(shape.height()).putInt(shape.width()).putInt(shape.inner());
    put(bytes, scale.mean(), scale.deviation(), scale.low(), scale.high(), parameters);
    bytes.putInt(checkSum(bytes.array()));
    return bytes.array();
  }

  /**
   * Reads an autoencoder.
   *
   * @throws IllegalArgumentException if the bytes hold none
   */
  static BlendingAutoencoder read(byte[] array) {
    ByteBuffer bytes = ByteBuffer.wrap(array);
    try {
      if (bytes.getInt() != SIGN) {
        throw damaged("they begin otherwise");
      }
      int version = bytes.getInt();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "The autoencoder has format version "
                + version
                + "; this library reads version "
                + VERSION
                + ", use a newer one");
      }
      AutoencoderPlan plan =
          new AutoencoderPlan(
              new SampleShape(bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getInt()));
      if (array.length != length(plan)) {
        throw damaged("there are " + array.length + " of them, not " + length(plan));
      }
      if (bytes.getInt(array.length - Integer.BYTES) != checkSum(array)) {
        throw damaged("the check sum differs");
      }
      int n = plan.statistics();
      AutoencoderScale scale =
          new AutoencoderScale(plan, get(bytes, n), get(bytes, n), get(bytes, n), get(bytes, n));
      for (float deviation : scale.deviation()) {
        if (!(deviation > 0)) {
          throw damaged("a deviation is " + deviation);
        }
      }
      return new BlendingAutoencoder(scale, get(bytes, plan.parameters()));
    } catch (BufferUnderflowException e) {
      throw damaged("there are only " + array.length + " of them");
    }
  }

  private static int length(AutoencoderPlan plan) {
    return HEADER + Float.BYTES * (4 * plan.statistics() + plan.parameters()) + Integer.BYTES;
  }

  private static int checkSum(byte[] array) {
    CRC32 sum = new CRC32();
    sum.update(array, 0, array.length - Integer.BYTES);
    return (int) sum.getValue();
  }

  private static void put(ByteBuffer bytes, float[]... all) {
    for (float[] values : all) {
      bytes.asFloatBuffer().put(values);
      bytes.position(bytes.position() + values.length * Float.BYTES);
    }
  }

  private static float[] get(ByteBuffer bytes, int count) {
    float[] values = new float[count];
    bytes.asFloatBuffer().get(values);
    bytes.position(bytes.position() + count * Float.BYTES);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw damaged("a value is " + value);
      }
    }
    return values;
  }

  private static IllegalArgumentException damaged(String reason) {
    return new IllegalArgumentException(
        "The bytes are not those of an autoencoder: " + reason + "; take a copy of the key file");
  }
}
