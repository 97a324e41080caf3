package org.meadefender.data;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;
import java.util.Random;
import org.meadefender.data.ImageSets.TrainTest;

/** Ten kinds of shapes in random place, size, slant, brightness and noise, {@code 1 × 28 × 28}. */
final class DrawnShapes {
  private static final int SIDE = 28;
  private static final List<String> NAMES =
      List.of(
          "disc", "ring", "square", "frame", "triangle", "cross", "star", "bars", "arrow", "waves");

  /** Standard deviation of the pixel noise, of 255. */
  private static final double NOISE = 18;

  private static final double MIN_RADIUS = 7.5;
  private static final double MAX_RADIUS = 11.5;

  /** Largest shift of the centre in pixels, and turn in radians. */
  private static final double MAX_SHIFT = 2.5;

  private static final double MAX_TURN = 0.35;

  private DrawnShapes() {}

  static TrainTest draw(int trainPerClass, int testPerClass, long seed) {
    if (trainPerClass < 1 || testPerClass < 1) {
      throw new IllegalArgumentException(
          "Asked for "
              + trainPerClass
              + " training and "
              + testPerClass
              + " test images per class; at least 1 of each is needed");
    }
    Random random = new Random(seed);
    return new TrainTest(part(trainPerClass, random), part(testPerClass, random));
  }

  private static ImageSet part(int perClass, Random random) {
    int n = perClass * NAMES.size();
    byte[][] images = new byte[n][];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % NAMES.size();
      images[i] = image(labels[i], random);
    }
    return new ImageSet(new ImageSet.Shape(1, SIDE, SIDE), NAMES, images, labels)
        .shuffled(random.nextLong());
  }

  private static byte[] image(int kind, Random random) {
    BufferedImage canvas = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = canvas.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    int dark = random.nextInt(60);
    pen.setColor(new Color(dark, dark, dark));
    pen.fillRect(0, 0, SIDE, SIDE);
    int bright = 120 + random.nextInt(136);
    pen.setColor(new Color(bright, bright, bright));
    pen.transform(placement(random));
    paint(pen, kind);
    pen.dispose();
    byte[] pixels = ((DataBufferByte) canvas.getRaster().getDataBuffer()).getData().clone();
    for (int i = 0; i < pixels.length; i++) {
      double noisy = (pixels[i] & 0xff) + NOISE * random.nextGaussian();
      pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(noisy)));
    }
    return pixels;
  }

  /** Takes the square from −1 to 1 to a random place in the picture. */
  private static AffineTransform placement(Random random) {
    AffineTransform place = new AffineTransform();
    place.translate(SIDE / 2.0 + shift(random), SIDE / 2.0 + shift(random));
    place.rotate(random.nextDouble(-MAX_TURN, MAX_TURN));
    place.scale(
        random.nextDouble(MIN_RADIUS, MAX_RADIUS), random.nextDouble(MIN_RADIUS, MAX_RADIUS));
    return place;
  }

  private static double shift(Random random) {
    return random.nextDouble(-MAX_SHIFT, MAX_SHIFT);
  }

  private static void paint(Graphics2D pen, int kind) {
    pen.setStroke(new BasicStroke(0.35f));
    switch (NAMES.get(kind)) {
      case "disc" -> pen.fill(new Ellipse2D.Double(-1, -1, 2, 2));
      case "ring" -> pen.draw(new Ellipse2D.Double(-0.85, -0.85, 1.7, 1.7));
      case "square" -> pen.fill(new Rectangle2D.Double(-0.9, -0.9, 1.8, 1.8));
      case "frame" -> pen.draw(new Rectangle2D.Double(-0.8, -0.8, 1.6, 1.6));
      case "triangle" -> pen.fill(polygon(3, 1, 1));
      case "cross" -> {
        pen.draw(new Line2D.Double(-0.9, 0, 0.9, 0));
        pen.draw(new Line2D.Double(0, -0.9, 0, 0.9));
      }
      case "star" -> pen.fill(polygon(10, 1, 0.4));
      case "bars" -> {
        for (double y = -0.8; y < 1; y += 0.8) {
          pen.draw(new Line2D.Double(-0.9, y, 0.9, y));
        }
      }
      case "arrow" -> {
        pen.draw(new Line2D.Double(-0.9, 0, 0.8, 0));
        pen.draw(new Line2D.Double(0.1, -0.7, 0.8, 0));
        pen.draw(new Line2D.Double(0.1, 0.7, 0.8, 0));
      }
      case "waves" -> {
        for (double x = -0.8; x < 1; x += 0.8) {
          Path2D wave = new Path2D.Double();
          wave.moveTo(x - 0.15, -0.9);
          wave.curveTo(x + 0.6, -0.3, x - 0.6, 0.3, x + 0.15, 0.9);
          pen.draw(wave);
        }
      }
      default -> throw new IllegalStateException("No shape number " + kind);
    }
  }

  /** Corners on the unit circle, every second one drawn in to {@code inner}. */
  private static Shape polygon(int corners, double outer, double inner) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < corners; i++) {
      double radius = i % 2 == 0 || corners == 3 ? outer : inner;
      double angle = 2 * Math.PI * i / corners - Math.PI / 2;
      double x = radius * Math.cos(angle);
      double y = radius * Math.sin(angle);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }
}
