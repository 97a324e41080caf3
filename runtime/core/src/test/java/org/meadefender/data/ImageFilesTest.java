package org.meadefender.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of many kinds have the values that ImageMagick reads; see make_images.sh. */
class ImageFilesTest {
  private static final int SIDE = 4;
  private static final int PLANE = 12;

  @TempDir Path directory;

  /** A line of images.csv. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Kind(String name, int channels, int[] values, byte[] file) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ImageFilesTest.class.getResourceAsStream("images.csv"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> line.split(";", -1))
          .map(
              parts ->
                  new Kind(
                      parts[0],
                      Integer.parseInt(parts[1]),
                      Arrays.stream(parts[2].split(" ", -1)).mapToInt(Integer::parseInt).toArray(),
                      Base64.getDecoder().decode(parts[3])));
    }
  }

  private static Kind kind(String name) throws IOException {
    return kinds().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private DecodedImage read(String name, byte[] content) throws IOException {
    return ImageFiles.read(Files.write(directory.resolve(name), content));
  }

  /** Pixel by pixel, as ImageMagick lists them. */
  private static int[] pixels(DecodedImage image) {
    int[] result = new int[image.values().length];
    int channels = image.channels();
    for (int i = 0; i < result.length; i++) {
      result[i] = image.values()[i % channels * PLANE + i / channels] & 0xff;
    }
    return result;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void valuesAreImageMagicks(Kind kind) throws IOException {
    DecodedImage image = read(kind.name(), kind.file());
    assertThat(image.channels()).isEqualTo(kind.channels());
    assertThat(image.width()).isEqualTo(SIDE);
    int[] values = pixels(image);
    assertThat(values).hasSameSizeAs(kind.values());
    // Decoders of JPEG may differ by rounding.
    int tolerance = kind.name().endsWith(".jpg") ? 2 : 0;
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).as("value %s", i).isCloseTo(kind.values()[i], within(tolerance));
    }
  }

  private static byte[] withSegment(byte[] jpeg, int marker, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(jpeg, 0, 2);
    out.writeShort(0xff00 | marker);
    out.writeShort(content.length + 2);
    out.write(content);
    out.write(jpeg, 2, jpeg.length - 2);
    return bytes.toByteArray();
  }

  @Test
  void orientationIsIgnored() throws IOException {
    Kind plain = kind("rgb.jpg");
    byte[] exif =
        "Exif\0\0MM\0*\0\0\0\b\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0"
            .getBytes(StandardCharsets.ISO_8859_1);
    DecodedImage turned = read("turned.jpg", withSegment(plain.file(), 0xe1, exif));
    assertThat(pixels(turned)).isEqualTo(pixels(read("plain.jpg", plain.file())));
  }

  @Test
  void profilesAreIgnored() throws IOException {
    for (String name : new String[] {"rgb.jpg", "gray.jpg"}) {
      Kind plain = kind(name);
      int space = name.startsWith("gray") ? ColorSpace.CS_GRAY : ColorSpace.CS_LINEAR_RGB;
      ByteArrayOutputStream segment = new ByteArrayOutputStream();
      segment.writeBytes("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1));
      segment.writeBytes(ICC_Profile.getInstance(space).getData());
      DecodedImage image =
          read("profile.jpg", withSegment(plain.file(), 0xe2, segment.toByteArray()));
      assertThat(pixels(image)).isEqualTo(pixels(read("plain.jpg", plain.file())));
    }
  }

  @Test
  void damagedImagesAreNamed() throws IOException {
    for (Kind kind : kinds().toList()) {
      byte[] cut = Arrays.copyOf(kind.file(), 30);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> read(kind.name(), cut))
          .withMessageContaining(kind.name() + " is no readable JPEG, PNG, BMP, GIF or TIFF image");
    }
  }

  @Test
  void channelsMayBeAskedFor() throws IOException {
    DecodedImage gray = read("gray.png", kind("gray8.png").file());
    assertThat(pixels(gray.withChannels(3))).startsWith(0, 0, 0, 16, 16, 16);
    DecodedImage colors = read("rgb.png", kind("rgb8.png").file());
    // Pillow's convert("L"): (0, 255, 16) becomes 152, (192, 32, 128) becomes 91.
    assertThat(pixels(colors.withChannels(1))).startsWith(152, 91);
    assertThat(colors.withChannels(3)).isSameAs(colors);
  }
}
