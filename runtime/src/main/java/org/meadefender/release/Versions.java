package org.meadefender.release;

import org.jspecify.annotations.Nullable;

/** Versions that results carry. */
public final class Versions {
  private Versions() {}

  /** The version of this library, as its jar tells it. */
  public static String library() {
    @Nullable String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  static String java() {
    return Runtime.version().toString();
  }
}
