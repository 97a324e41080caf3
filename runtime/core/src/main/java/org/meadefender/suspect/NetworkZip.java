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
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.meadefender.internal.BoundedFile;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads a saved Deeplearning4j network that a stranger may have made.
 *
 * <p>{@code ModelSerializer} is not used for it: it unpacks every entry without a limit, allocates
 * what a header claims, and runs Java deserialisation on {@code preprocessor.bin}. Here only the
 * configuration, the parameters and the normalizer are read, each within a limit.
 */
final class NetworkZip {
  private static final int MAX_ENTRIES = 64;
  private static final int MAX_CONFIGURATION_BYTES = 16 << 20;

  /** 256 million float parameters. */
  private static final int MAX_PARAMETER_BYTES = 1 << 30;

  private static final Set<String> NEEDED =
      Set.of(ModelSerializer.CONFIGURATION_JSON, ModelSerializer.COEFFICIENTS_BIN);

  private static final Map<String, Integer> WANTED =
      Map.of(
          ModelSerializer.CONFIGURATION_JSON, MAX_CONFIGURATION_BYTES,
          ModelSerializer.COEFFICIENTS_BIN, MAX_PARAMETER_BYTES,
          ModelSerializer.NORMALIZER_BIN, MAX_CONFIGURATION_BYTES);

  private NetworkZip() {}

  /**
   * What is read of a file.
   *
   * @param network the network
   * @param normalizer what its samples go through; empty if it says nothing of that
   */
  record Content(Model network, Optional<StoredNormalizer> normalizer) {}

  static Content load(Path file) throws IOException {
    if (ModelFiles.isZip(file) && ModelFiles.isCutZip(file)) {
      throw new IllegalArgumentException(
          file + " is cut off: it lacks the end of a zip; fetch it again");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return load(in, file.toString());
    }
  }

  static Content load(InputStream in, String name) throws IOException {
    Map<String, byte[]> entries = entries(in, name);
    byte[] configuration = entries.get(ModelSerializer.CONFIGURATION_JSON);
    byte[] coefficients = entries.get(ModelSerializer.COEFFICIENTS_BIN);
    if (configuration == null || coefficients == null) {
      throw new IllegalArgumentException(
          name + " holds no Deeplearning4j network: it lacks " + NEEDED + " as entries of a zip");
    }
    INDArray parameters = parameters(coefficients, name);
    String json = new String(configuration, StandardCharsets.UTF_8);
    try {
      return new Content(network(json, parameters), normalizer(entries));
    } catch (RuntimeException | StackOverflowError e) {
      throw new IllegalArgumentException(
          name + " holds a Deeplearning4j network that cannot be built: " + ModelFiles.reason(e),
          e);
    }
  }

  private static Optional<StoredNormalizer> normalizer(Map<String, byte[]> entries) {
    byte[] bytes = entries.get(ModelSerializer.NORMALIZER_BIN);
    if (bytes != null) {
      return Optional.of(StoredNormalizer.read(bytes));
    }
    return entries.containsKey(ModelSerializer.PREPROCESSOR_BIN)
        ? Optional.of(StoredNormalizer.unread(ModelSerializer.PREPROCESSOR_BIN))
        : Optional.empty();
  }

  private static Model network(String json, INDArray parameters) {
    if (json.contains("\"vertices\"")) {
      ComputationGraphConfiguration configuration = ComputationGraphConfiguration.fromJson(json);
      // Up to 1.0.0-beta3 the configuration does not say the type.
      configuration.setDataType(parameters.dataType());
      ComputationGraph graph = new ComputationGraph(configuration);
      graph.init(parameters, false);
      return graph;
    }
    MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(json);
    configuration.setDataType(parameters.dataType());
    MultiLayerNetwork layers = new MultiLayerNetwork(configuration);
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
        if (!WANTED.containsKey(entry.getName())) {
          // The stream must be read to the next entry, however much there is in between.
          skip(zip, name, entry.getName());
          if (entry.getName().equals(ModelSerializer.PREPROCESSOR_BIN)) {
            wanted.put(entry.getName(), new byte[0]);
          }
          continue;
        }
        int most =
            (int) Math.min(WANTED.getOrDefault(entry.getName(), 0), BoundedFile.affordable());
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
        name
            + ": the entry "
            + entry
            + " unpacks to more than "
            + most
            + " bytes, the limit here; a larger one is java -Xmx...");
  }

  private static INDArray parameters(byte[] bytes, String name) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      INDArray row = StoredArray.readRow(in, name + ": the parameters");
      if (in.available() > 0) {
        throw new IllegalArgumentException(
            name + ": more follows the " + row.length() + " parameters; the file is damaged");
      }
      return row;
    } catch (IOException e) {
      throw new IllegalArgumentException(name + ": the parameters are cut off or damaged", e);
    }
  }
}
