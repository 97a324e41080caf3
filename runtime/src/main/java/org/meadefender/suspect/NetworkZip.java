package org.meadefender.suspect;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads a saved Deeplearning4j network that a stranger may have made.
 *
 * <p>{@code ModelSerializer} is not used for it: it unpacks every entry without a limit, allocates
 * what a header claims, and runs Java deserialisation on {@code preprocessor.bin}. Here only the
 * configuration and the parameters are read, each within a limit.
 */
final class NetworkZip {
  private static final int MAX_ENTRIES = 64;
  private static final int MAX_CONFIGURATION_BYTES = 16 << 20;

  /** 256 million float parameters. */
  private static final int MAX_PARAMETER_BYTES = 1 << 30;

  private static final Set<String> WANTED =
      Set.of(ModelSerializer.CONFIGURATION_JSON, ModelSerializer.COEFFICIENTS_BIN);

  /** Shape information of a vector or a row: rank, shape, strides, extras, stride, order. */
  private static final int MAX_SHAPE_LONGS = 12;

  /** ND4J's older and newer name for 64-bit integers. */
  private static final Set<String> WHOLE = Set.of("LONG", "INT64");

  private NetworkZip() {}

  static Model load(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return load(in, file.toString());
    }
  }

  static Model load(InputStream in, String name) throws IOException {
    Map<String, byte[]> entries = entries(in, name);
    byte[] configuration = entries.get(ModelSerializer.CONFIGURATION_JSON);
    byte[] coefficients = entries.get(ModelSerializer.COEFFICIENTS_BIN);
    if (configuration == null || coefficients == null) {
      throw new IllegalArgumentException(
          name + " holds no Deeplearning4j network: it lacks " + WANTED + " as entries of a zip");
    }
    INDArray parameters = parameters(coefficients, name);
    String json = new String(configuration, StandardCharsets.UTF_8);
    try {
      return network(json, parameters);
    } catch (RuntimeException | StackOverflowError e) {
      throw new IllegalArgumentException(
          name + " holds a Deeplearning4j network that cannot be built: " + e.getMessage(), e);
    }
  }

  private static Model network(String json, INDArray parameters) {
    if (json.contains("\"vertices\"")) {
      ComputationGraph graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(json));
      graph.init(parameters, false);
      return graph;
    }
    MultiLayerNetwork layers = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json));
    layers.init(parameters, false);
    return layers;
  }

  private static Map<String, byte[]> entries(InputStream in, String name) throws IOException {
    Map<String, byte[]> wanted = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(in)) {
      int count = 0;
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (++count > MAX_ENTRIES) {
          throw new IllegalArgumentException(
              name + " has more than " + MAX_ENTRIES + " entries; a network has a handful");
        }
        if (!WANTED.contains(entry.getName())) {
          // The stream must be read to the next entry, however much there is in between.
          skip(zip, name, entry.getName());
          continue;
        }
        int most =
            entry.getName().equals(ModelSerializer.CONFIGURATION_JSON)
                ? MAX_CONFIGURATION_BYTES
                : MAX_PARAMETER_BYTES;
        byte[] bytes = zip.readNBytes(most);
        if (zip.read() >= 0) {
          throw tooLarge(name, entry.getName(), most);
        }
        if (wanted.put(entry.getName(), bytes) != null) {
          throw new IllegalArgumentException(name + " has two entries " + entry.getName());
        }
      }
    } catch (java.util.zip.ZipException | EOFException e) {
      throw new IllegalArgumentException(name + " is a damaged zip file", e);
    } catch (IllegalArgumentException e) {
      // ZipInputStream reports entry names that are no valid UTF-8 in this way.
      throw e.getMessage() != null && e.getMessage().startsWith(name)
          ? e
          : new IllegalArgumentException(name + " is a damaged zip file", e);
    }
    return wanted;
  }

  private static void skip(ZipInputStream zip, String name, String entry) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
      total += read;
      // Updater state may be twice as large as the parameters.
      if (total > 3L * MAX_PARAMETER_BYTES) {
        throw tooLarge(name, entry, 3L * MAX_PARAMETER_BYTES);
      }
    }
  }

  private static IllegalArgumentException tooLarge(String name, String entry, long most) {
    return new IllegalArgumentException(
        name + ": the entry " + entry + " unpacks to more than " + most + " bytes, the limit");
  }

  private static INDArray parameters(byte[] bytes, String name) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Header shape = Header.read(in);
      if (shape.length > MAX_SHAPE_LONGS || !WHOLE.contains(shape.type)) {
        throw new IllegalArgumentException(name + ": the parameters are no row of numbers");
      }
      in.skipNBytes(shape.length * Long.BYTES);
      Header data = Header.read(in);
      boolean isDouble = data.type.equals(DataType.DOUBLE.name());
      if (!isDouble && !data.type.equals(DataType.FLOAT.name())) {
        throw new IllegalArgumentException(
            name + ": parameters of type " + data.type + " are not supported, FLOAT or DOUBLE are");
      }
      int width = isDouble ? Double.BYTES : Float.BYTES;
      if (data.length < 1 || data.length * width != in.available()) {
        throw new IllegalArgumentException(
            name
                + ": the header claims "
                + data.length
                + " parameters, the file holds "
                + in.available() / width);
      }
      java.nio.ByteBuffer rest =
          java.nio.ByteBuffer.wrap(bytes, bytes.length - in.available(), in.available());
      int n = Math.toIntExact(data.length);
      if (isDouble) {
        double[] values = new double[n];
        rest.asDoubleBuffer().get(values);
        return Nd4j.createFromArray(values).reshape(1, n);
      }
      float[] values = new float[n];
      rest.asFloatBuffer().get(values);
      return Nd4j.createFromArray(values).reshape(1, n);
    } catch (IOException e) {
      throw new IllegalArgumentException(name + ": the parameters are cut off or damaged", e);
    }
  }

  /**
   * Head of a buffer as ND4J writes it.
   *
   * @param length number of values
   * @param type name of their type
   */
  private record Header(long length, String type) {
    /** Allocation modes up to this one have a length of 4 bytes. */
    private static final Set<String> SHORT = Set.of("DIRECT", "HEAP", "JAVACPP");

    static Header read(DataInputStream in) throws IOException {
      String mode = in.readUTF();
      long length = SHORT.contains(mode) ? in.readInt() : in.readLong();
      // A bound that keeps products of lengths and widths from overflowing.
      return new Header(
          length < 0 || length > MAX_PARAMETER_BYTES ? Integer.MAX_VALUE : length, in.readUTF());
    }
  }
}
