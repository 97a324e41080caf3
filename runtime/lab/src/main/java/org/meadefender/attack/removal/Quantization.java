package org.meadefender.attack.removal;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * Fewer bits per weight. The network stays a float network whose parameters take only the values
 * that the narrow type has.
 *
 * @param format the narrow type
 */
public record Quantization(Format format) implements RemovalAttack {
  /** A narrow number format. */
  public enum Format {
    /** 8-bit integers with one symmetric scale per tensor. */
    INT8,
    /** The upper half of a float: 8 bits of exponent, 7 of fraction, rounded to nearest even. */
    BFLOAT16
  }

  private static final int INT8_MAX = 127;

  @Override
  public Model remove(Model source, LabelledSamples data, long seed, AttackListener listener) {
    Model copy = Architecture.copy(source, seed, new NoOp());
    for (Layer layer : Classifiers.layers(copy)) {
      layer.paramTable().forEach((name, values) -> quantize(values));
    }
    listener.progress("quantization", 1, 1);
    return copy;
  }

  private void quantize(INDArray tensor) {
    float[] values = tensor.dup('c').data().asFloat();
    float scale = tensor.amaxNumber().floatValue() / INT8_MAX;
    for (int i = 0; i < values.length; i++) {
      values[i] = format == Format.BFLOAT16 ? toBfloat16(values[i]) : toInt8(values[i], scale);
    }
    tensor.assign(Nd4j.createFromArray(values).reshape('c', tensor.shape()));
  }

  private static float toInt8(float value, float scale) {
    return scale == 0 ? 0 : Math.round(value / scale) * scale;
  }

  static float toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int roundToEven = 0x7fff + ((bits >> 16) & 1);
    return Float.intBitsToFloat((bits + roundToEven) & 0xffff0000);
  }
}
