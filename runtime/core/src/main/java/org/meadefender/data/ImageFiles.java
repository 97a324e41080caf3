package org.meadefender.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.meadefender.internal.BoundedFile;

/**
 * Reads image files as training code in Python does (Pillow, Keras, torchvision): the values that
 * are stored, without colour management.
 *
 * <p>Gray stays gray. 16 bits become the nearest 8. Palettes are looked up. Alpha is dropped. CMYK
 * becomes RGB without a profile. Profiles, gamma and EXIF orientation are ignored. Of several
 * frames the first is taken.
 */
final class ImageFiles {
  private static final List<String> EXTENSIONS =
      List.of(".jpg", ".jpeg", ".jpe", ".png", ".bmp", ".gif", ".tif", ".tiff");

  private static final int MAX_BYTES = 256 << 20;
  private static final int RGB = 3;
  private static final int CMYK = 4;
  private static final int BYTE_MAX = 255;

  private ImageFiles() {}

  /** Whether a file's name ends as those of images that can be read. */
  static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return EXTENSIONS.stream().anyMatch(name::endsWith);
  }

  /** What can be read, for messages. */
  static String formats() {
    return "JPEG, PNG, BMP, GIF or TIFF";
  }

  /**
   * Reads an image.
   *
   * @throws IllegalArgumentException if it is none that can be read
   */
  static DecodedImage read(Path file) {
    try {
      byte[] content = BoundedFile.read(file, MAX_BYTES);
      boolean isJpeg = JpegSegments.isJpeg(content);
      byte[] plain = isJpeg ? JpegSegments.withoutProfile(content) : content;
      try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(plain))) {
        // What Java's reader makes of four inks differs between its versions.
        return isJpeg && JpegSegments.channels(plain) == CMYK
            ? CmykJpeg.toRgb(stored(in), JpegSegments.adobeTransform(plain))
            : values(decoded(in));
      } catch (IOException | RuntimeException e) {
        // Readers throw what they please at damaged files.
        throw new IllegalArgumentException(
            file
                + " is no readable "
                + formats()
                + " image"
                + (e.getMessage() == null ? "" : ": " + e.getMessage())
                + "; fetch it again, or remove it",
            e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static ImageReader reader(ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      throw new IIOException("it starts like none");
    }
    ImageReader reader = readers.next();
    reader.setInput(in, true, true);
    return reader;
  }

  private static BufferedImage decoded(ImageInputStream in) throws IOException {
    ImageReader reader = reader(in);
    try {
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  private static Raster stored(ImageInputStream in) throws IOException {
    ImageReader reader = reader(in);
    try {
      return reader.readRaster(0, null);
    } finally {
      reader.dispose();
    }
  }

  private static DecodedImage values(BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return lookedUp(image.getRaster(), palette);
    }
    int colors = model.getNumColorComponents();
    if (model instanceof ComponentColorModel && (colors == 1 || colors == RGB)) {
      return stored(image.getRaster(), colors);
    }
    return packed(image);
  }

  private static DecodedImage stored(Raster raster, int channels) {
    int height = raster.getHeight();
    int width = raster.getWidth();
    byte[] values = new byte[channels * height * width];
    int[] plane = new int[height * width];
    for (int c = 0; c < channels; c++) {
      raster.getSamples(raster.getMinX(), raster.getMinY(), width, height, c, plane);
      int bits = raster.getSampleModel().getSampleSize(c);
      long most = (1L << bits) - 1;
      for (int i = 0; i < plane.length; i++) {
        long value = bits == 8 ? plane[i] : (2 * BYTE_MAX * (plane[i] & most) + most) / (2 * most);
        values[c * plane.length + i] = (byte) value;
      }
    }
    return new DecodedImage(channels, height, width, values);
  }

  private static DecodedImage lookedUp(Raster raster, IndexColorModel palette) {
    int[] colors = new int[palette.getMapSize()];
    palette.getRGBs(colors);
    boolean gray = IntStream.of(colors).allMatch(ImageFiles::isGray);
    int[] indices =
        raster.getSamples(
            raster.getMinX(),
            raster.getMinY(),
            raster.getWidth(),
            raster.getHeight(),
            0,
            (int[]) null);
    int[] rgb = IntStream.of(indices).map(i -> i < colors.length ? colors[i] : 0).toArray();
    DecodedImage image = planes(rgb, raster.getHeight(), raster.getWidth());
    return gray
        ? new DecodedImage(
            1, image.height(), image.width(), java.util.Arrays.copyOf(image.values(), rgb.length))
        : image;
  }

  private static boolean isGray(int rgb) {
    return (rgb & 0xff) == (rgb >> 8 & 0xff) && (rgb & 0xff) == (rgb >> 16 & 0xff);
  }

  /** Colours in one number each, which are sRGB. */
  private static DecodedImage packed(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    return planes(image.getRGB(0, 0, width, height, null, 0, width), height, width);
  }

  private static DecodedImage planes(int[] rgb, int height, int width) {
    byte[] values = new byte[RGB * rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      values[i] = (byte) (rgb[i] >> 16);
      values[rgb.length + i] = (byte) (rgb[i] >> 8);
      values[2 * rgb.length + i] = (byte) rgb[i];
    }
    return new DecodedImage(RGB, height, width, values);
  }
}
