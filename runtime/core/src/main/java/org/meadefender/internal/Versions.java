package org.meadefender.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Versions that results carry. */
public final class Versions {
  private static final String UNPACKED = "development";

  private Versions() {}

  /** The version of this library, as its jar tells it. */
  public static String library() {
    return of("org.meadefender", "mea-defender-runtime");
  }

  /**
   * The version of a Maven artifact on the class path, which its jar tells, also as a part of a
   * larger jar; {@code development} for classes that come from no jar.
   */
  public static String of(String group, String artifact) {
    String name = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
    try (@Nullable InputStream in = Versions.class.getResourceAsStream(name)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", UNPACKED);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name, e);
    }
  }

  /** The version of this Java platform. */
  public static String java() {
    return Runtime.version().toString();
  }
}
