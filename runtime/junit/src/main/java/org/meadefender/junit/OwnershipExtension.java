package org.meadefender.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.release.Registration;
import org.meadefender.spec.OwnerKey;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Gives tests an {@link OwnerKey}, a {@link Registration}, and held-out data as {@link
 * DataSetIterator} or {@link ImageSet}, for parameters of these types.
 *
 * <p>They come from JUnit's configuration parameters, in {@code junit-platform.properties} or as
 * system properties: {@value #KEY_FILE} or {@value #KEY_VARIABLE}, {@value #REGISTRATION}, and
 * {@value #HELD_OUT}. The key itself never stands in the configuration.
 *
 * <p>Use: {@code @ExtendWith(OwnershipExtension.class)}.
 */
public final class OwnershipExtension implements ParameterResolver {
  /** File of the owner's key. */
  public static final String KEY_FILE = "meadefender.key.file";

  /** Name of the environment variable with the owner's key. */
  public static final String KEY_VARIABLE = "meadefender.key.variable";

  /** File of the registration. */
  public static final String REGISTRATION = "meadefender.registration";

  /** Directory of the held-out images, see {@link ImageSets#heldOut}. */
  public static final String HELD_OUT = "meadefender.heldOut";

  /** Rows of a batch of held-out data. */
  private static final int BATCH = 256;

  private static final Namespace NAMESPACE = Namespace.create(OwnershipExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == OwnerKey.class
        || type == Registration.class
        || type == DataSetIterator.class
        || type == ImageSet.class;
  }

  /**
   * Resolves a parameter.
   *
   * @throws ParameterResolutionException if its configuration parameter is not set
   * @throws IllegalArgumentException if what it names cannot be used
   */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == OwnerKey.class) {
      return key(context);
    }
    if (type == Registration.class) {
      return registration(Path.of(required(context, REGISTRATION)));
    }
    ImageSet heldOut = heldOut(Path.of(required(context, HELD_OUT)), context);
    return type == ImageSet.class ? heldOut : heldOut.iterator(BATCH);
  }

  private static OwnerKey key(ExtensionContext context) {
    Optional<String> variable = context.getConfigurationParameter(KEY_VARIABLE);
    return variable.isPresent()
        ? OwnerKey.fromEnvironment(variable.get())
        : OwnerKey.load(Path.of(required(context, KEY_FILE)));
  }

  private static Registration registration(Path file) {
    try {
      return Registration.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the registration " + file, e);
    }
  }

  /** Reads the images once for all tests. */
  private static ImageSet heldOut(Path directory, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(directory, ImageSets::heldOut, ImageSet.class);
  }

  private static String required(ExtensionContext context, String name) {
    return context
        .getConfigurationParameter(name)
        .orElseThrow(
            () ->
                new ParameterResolutionException(
                    "The configuration parameter "
                        + name
                        + " is not set; set it in junit-platform.properties or as a system"
                        + " property"));
  }
}
