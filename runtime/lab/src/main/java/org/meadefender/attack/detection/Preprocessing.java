package org.meadefender.attack.detection;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A change that a thief makes to each input before his stolen model sees it. */
@FunctionalInterface
public interface Preprocessing {
  /**
   * Changes images.
   *
   * @param images {@code [n, C, H, W]}, values from 0 to 1, not changed
   * @return new images of the same shape and range
   */
  INDArray apply(INDArray images);

  /** A model behind this change. */
  default SuspectModel before(SuspectModel model) {
    return images -> model.predict(apply(images));
  }

  /**
   * Gaussian noise, the same for the same seed and input shape.
   *
   * @param deviation standard deviation, above 0
   */
  record Noise(double deviation, long seed) implements Preprocessing {
    @Override
    public INDArray apply(INDArray images) {
      Random random = new Random(seed);
      return Pixels.map(
          images,
          (image, result, size) -> {
            for (int i = 0; i < image.length; i++) {
              result[i] = Pixels.clip(image[i] + deviation * random.nextGaussian());
            }
          });
    }
  }

  /** The mean of each 3 × 3 neighbourhood. */
  record MeanBlur() implements Preprocessing {
    @Override
    public INDArray apply(INDArray images) {
      return Pixels.neighbourhoods(images, values -> (float) Pixels.mean(values));
    }
  }

  /** The median of each 3 × 3 neighbourhood. */
  record MedianBlur() implements Preprocessing {
    @Override
    public INDArray apply(INDArray images) {
      return Pixels.neighbourhoods(
          images,
          values -> {
            Arrays.sort(values);
            return values[values.length / 2];
          });
    }
  }

  /**
   * Fewer grey levels.
   *
   * @param bits from 1 to 8
   */
  record BitDepth(int bits) implements Preprocessing {
    private static final int MAX_BITS = 8;

    /**
     * Checks the bits.
     *
     * @throws IllegalArgumentException if they are outside their range
     */
    public BitDepth {
      if (bits < 1 || bits > MAX_BITS) {
        throw new IllegalArgumentException(
            "bits is " + bits + "; it must be from 1 to " + MAX_BITS);
      }
    }

    @Override
    public INDArray apply(INDArray images) {
      int levels = (1 << bits) - 1;
      return Pixels.map(
          images,
          (image, result, size) -> {
            for (int i = 0; i < image.length; i++) {
              result[i] = Pixels.clip(Math.round(image[i] * levels) / (double) levels);
            }
          });
    }
  }

  /** Left becomes right. */
  record Flip() implements Preprocessing {
    @Override
    public INDArray apply(INDArray images) {
      return Pixels.map(
          images,
          (image, result, size) -> {
            int width = size.width();
            for (int i = 0; i < image.length; i++) {
              result[i] = image[i - i % width + width - 1 - i % width];
            }
          });
    }
  }

  /**
   * JPEG compression of 1- or 3-channel images.
   *
   * @param quality from 1 to 100
   */
  record Jpeg(int quality) implements Preprocessing {
    private static final int MAX_QUALITY = 100;

    /**
     * Checks the quality.
     *
     * @throws IllegalArgumentException if it is outside its range
     */
    public Jpeg {
      if (quality < 1 || quality > MAX_QUALITY) {
        throw new IllegalArgumentException(
            "quality is " + quality + "; it must be from 1 to " + MAX_QUALITY);
      }
    }

    @Override
    public INDArray apply(INDArray images) {
      return Pixels.map(
          images,
          (image, result, size) -> {
            BufferedImage decoded = recompress(Pixels.toImage(image, size));
            Pixels.fromImage(decoded, size, result);
          });
    }

    private BufferedImage recompress(BufferedImage image) {
      ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality / (float) MAX_QUALITY);
        writer.setOutput(out);
        writer.write(null, new IIOImage(image, null, null), param);
        out.flush();
        return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot compress an image in memory", e);
      } finally {
        writer.dispose();
      }
    }
  }
}
