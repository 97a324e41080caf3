package org.meadefender.accelerate;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.meadefender.internal.HostMemory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradient of an undilated convolution's weights and bias, without that of its input: all that
 * the layer which reads the data has to compute. ND4J's derivative always computes the input's too,
 * which takes the longest where there are few channels.
 *
 * <p>Each image is lowered to its patches, with a row of ones for the bias, and multiplied by the
 * errors.
 */
final class FilterGradient {
  /** With longer patches oneDNN's derivative is as fast. */
  private static final int LONGEST_PATCH = 200;

  /** Multiplications up to which OpenBLAS does not share a product among threads that wait. */
  private static final long SERIAL_PRODUCT = 1 << 18;

  private final int[] kernel;
  private final int[] strides;
  private final int[] pad;

  /**
   * Takes over a convolution's geometry, vertical before horizontal.
   *
   * @param pad above and to the left
   */
  FilterGradient(int[] kernel, int[] strides, int[] pad) {
    this.kernel = kernel;
    this.strides = strides;
    this.pad = pad;
  }

  /** Whether this is the faster way, and arrays lie where it can read them. */
  static boolean pays(long channels, int[] kernel) {
    return HostMemory.isDirect() && channels * kernel[0] * kernel[1] <= LONGEST_PATCH;
  }

  /**
   * Computes the gradient.
   *
   * @param input {@code [n, C, H, W]}
   * @param delta gradient of the loss with respect to the convolution's result, {@code [n, O, h,
   *     w]}
   * @return {@code [O, C·kH·kW + 1]}, the bias's in the last column
   */
  INDArray of(INDArray input, INDArray delta) {
    INDArray images = dense(input);
    INDArray errors = dense(delta);
    int count = (int) images.size(0);
    int shares = Math.min(Threads.count(), count);
    List<Share> work =
        IntStream.range(0, shares)
            .mapToObj(i -> new Share(images, errors, count * i / shares, count * (i + 1) / shares))
            .toList();
    work.parallelStream().forEach(Share::run);
    INDArray sum = work.get(0).gradient;
    work.stream().skip(1).forEach(share -> sum.addi(share.gradient));
    return sum;
  }

  private static INDArray dense(INDArray array) {
    return array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array)
        ? array
        : array.dup('c');
  }

  /** The images of one core. */
  private final class Share {
    private final INDArray images;
    private final INDArray errors;
    private final int from;
    private final int to;
    private final int channels;
    private final int height;
    private final int width;
    private final int outputs;
    private final int outHeight;
    private final int outWidth;
    private final int columns;
    private final int bandRows;
    private final INDArray gradient;
    private final float[] image;
    private final float[] patches;

    Share(INDArray images, INDArray errors, int from, int to) {
      this.images = images;
      this.errors = errors;
      this.from = from;
      this.to = to;
      this.channels = (int) images.size(1);
      this.height = (int) images.size(2);
      this.width = (int) images.size(3);
      this.outputs = (int) errors.size(1);
      this.outHeight = (int) errors.size(2);
      this.outWidth = (int) errors.size(3);
      this.columns = channels * kernel[0] * kernel[1] + 1;
      long serialRows = SERIAL_PRODUCT / ((long) columns * outputs * outWidth);
      this.bandRows = (int) Math.max(1, Math.min(outHeight, serialRows));
      this.gradient = Nd4j.create(DataType.FLOAT, new long[] {outputs, columns}, 'c');
      this.image = new float[channels * height * width];
      this.patches = new float[columns * bandRows * outWidth];
    }

    void run() {
      try (FloatPointer pixels = new FloatPointer(images.data().addressPointer());
          FloatPointer delta = new FloatPointer(errors.data().addressPointer());
          FloatPointer sum = new FloatPointer(gradient.data().addressPointer());
          FloatPointer lowered = new FloatPointer((long) patches.length)) {
        for (long n = from; n < to; n++) {
          pixels.position(n * image.length).get(image);
          for (int row = 0; row < outHeight; row += bandRows) {
            int rows = Math.min(bandRows, outHeight - row);
            lowered.put(patches, 0, lower(row, rows));
            delta.position((n * outputs * outHeight + row) * outWidth);
            addProduct(rows * outWidth, lowered, delta, sum);
          }
        }
      }
    }

    /** BLAS counts by columns: what it takes for the transpose is the array as it is. */
    private void addProduct(
        int places, FloatPointer lowered, FloatPointer delta, FloatPointer sum) {
      cblas_sgemm(
          CblasColMajor,
          CblasTrans,
          CblasNoTrans,
          columns,
          outputs,
          places,
          1,
          lowered,
          places,
          delta,
          outHeight * outWidth,
          1,
          sum,
          columns);
    }

    /**
     * Row {@code (c, y, x)} of the patches holds what the kernel's cell sees at each place of a
     * band; the last row holds ones.
     *
     * @return number of values
     */
    private int lower(int firstRow, int rows) {
      int at = 0;
      for (int c = 0; c < channels; c++) {
        for (int y = 0; y < kernel[0]; y++) {
          for (int x = 0; x < kernel[1]; x++) {
            for (int row = firstRow; row < firstRow + rows; row++, at += outWidth) {
              int inRow = row * strides[0] - pad[0] + y;
              if (inRow < 0 || inRow >= height) {
                Arrays.fill(patches, at, at + outWidth, 0);
              } else {
                copyRow((c * height + inRow) * width, x - pad[1], at);
              }
            }
          }
        }
      }
      int end = at + rows * outWidth;
      Arrays.fill(patches, at, end, 1);
      return end;
    }

    private void copyRow(int start, int firstColumn, int at) {
      if (strides[1] == 1) {
        int left = Math.min(outWidth, Math.max(0, -firstColumn));
        int right = Math.max(left, Math.min(outWidth, width - firstColumn));
        Arrays.fill(patches, at, at + left, 0);
        System.arraycopy(image, start + firstColumn + left, patches, at + left, right - left);
        Arrays.fill(patches, at + right, at + outWidth, 0);
        return;
      }
      for (int column = 0; column < outWidth; column++) {
        int inColumn = column * strides[1] + firstColumn;
        patches[at + column] = inColumn < 0 || inColumn >= width ? 0 : image[start + inColumn];
      }
    }
  }
}
