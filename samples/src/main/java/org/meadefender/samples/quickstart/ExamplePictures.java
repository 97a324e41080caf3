package org.meadefender.samples.quickstart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;
import org.meadefender.combine.SampleShape;
import org.meadefender.combine.Watermark;
import org.meadefender.data.ImageSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A grid of A samples, B samples, and what becomes of them. */
final class ExamplePictures {
  private static final int COLUMNS = 8;
  private static final int SCALE = 2;
  private static final int GAP = 6;

  private ExamplePictures() {}

  /** Three rows: source A, source B, and watermark samples. */
  static BufferedImage of(Watermark mark, ImageSet images) {
    ImageSet a = images.ofClasses(mark.spec().sourceA());
    ImageSet b = images.ofClasses(mark.spec().sourceB());
    ImageSet.Shape shape = images.shape();
    int width = SCALE * shape.width() + GAP;
    int height = SCALE * shape.height() + GAP;
    int columns = Math.min(COLUMNS, Math.min(a.size(), b.size()));
    BufferedImage grid =
        new BufferedImage(columns * width + GAP, 3 * height + GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = grid.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, grid.getWidth(), grid.getHeight());
    RandomGenerator random = mark.random("pictures");
    for (int column = 0; column < columns; column++) {
      float[] valuesA = values(a, column);
      float[] valuesB = values(b, column);
      SampleShape layout = new SampleShape(shape.channels(), shape.height(), shape.width(), 1);
      float[][] cells = {valuesA, valuesB, mark.secret().combine(valuesA, valuesB, layout, random)};
      for (int row = 0; row < cells.length; row++) {
        pen.drawImage(
            image(cells[row], shape),
            GAP + column * width,
            GAP + row * height,
            SCALE * shape.width(),
            SCALE * shape.height(),
            null);
      }
    }
    pen.dispose();
    return grid;
  }

  private static float[] values(ImageSet images, int index) {
    INDArray image = images.features(index, index + 1);
    return image.dup('c').data().asFloat();
  }

  private static BufferedImage image(float[] values, ImageSet.Shape shape) {
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    int plane = shape.height() * shape.width();
    for (int i = 0; i < plane; i++) {
      // One channel is grey, three are red, green and blue.
      int last = shape.channels() - 1;
      Color color =
          new Color(
              values[i],
              values[Math.min(1, last) * plane + i],
              values[Math.min(2, last) * plane + i]);
      image.setRGB(i % shape.width(), i / shape.width(), color.getRGB());
    }
    return image;
  }
}
