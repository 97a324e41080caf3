package org.meadefender.accelerate;

import java.lang.reflect.Field;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The protected fields of Deeplearning4j's layers through which helpers are plugged in: the layers
 * read them at every pass, but offer no way to set them.
 */
final class LayerFields {
  private static final Field CONVOLUTION_HELPER = open(ConvolutionLayer.class, "helper");
  private static final Field BATCH_NORM_HELPER = open(BatchNormalization.class, "helper");
  private static final Field PRE_OUTPUT = open(AbstractLayer.class, "preOutput");

  private LayerFields() {}

  static void setHelper(ConvolutionLayer layer, @Nullable Object helper) {
    set(CONVOLUTION_HELPER, layer, helper);
  }

  static void setHelper(BatchNormalization layer, @Nullable Object helper) {
    set(BATCH_NORM_HELPER, layer, helper);
  }

  /** With a helper, a layer's backward pass takes this array instead of computing it again. */
  static void setPreOutput(ConvolutionLayer layer, @Nullable INDArray preOutput) {
    set(PRE_OUTPUT, layer, preOutput);
  }

  static @Nullable INDArray preOutput(Layer layer) {
    try {
      return (INDArray) PRE_OUTPUT.get(layer);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("Cannot read " + PRE_OUTPUT, e);
    }
  }

  private static Field open(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(
          type.getName() + " has no field " + name + "; Deeplearning4j 1.0.0-M2.1 is required", e);
    }
  }

  private static void set(Field field, Layer layer, @Nullable Object value) {
    try {
      field.set(layer, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("Cannot set " + field, e);
    }
  }
}
