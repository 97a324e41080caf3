package org.meadefender.verify;

import org.jspecify.annotations.Nullable;

/** The version of this library, as its jar tells it. */
final class Versions {
  private Versions() {}

  static String library() {
    @Nullable String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
