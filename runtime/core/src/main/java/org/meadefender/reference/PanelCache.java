package org.meadefender.reference;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where reference networks are kept, by the digest of the samples that they were trained on, so
 * that a second verdict on the same data need not train them again.
 *
 * <p>Whoever can write to the directory can choose the panel: a checker uses a directory of his
 * own.
 *
 * @since 0.1.0
 */
public final class PanelCache {
  /** System property that names the default directory. */
  public static final String DIRECTORY = "meadefender.cache";

  private final Optional<Path> directory;

  private PanelCache(Optional<Path> directory) {
    this.directory = directory;
  }

  /** In a directory, which is created. */
  public static PanelCache in(Path directory) {
    return new PanelCache(Optional.of(directory));
  }

  /** In memory only. */
  public static PanelCache none() {
    return new PanelCache(Optional.empty());
  }

  /**
   * In the directory that the system property {@value #DIRECTORY} names, else in {@code
   * .cache/mea-defender} of the user's home.
   */
  public static PanelCache standard() {
    String named = System.getProperty(DIRECTORY, "");
    return in(
        named.isBlank()
            ? Path.of(System.getProperty("user.home", "."), ".cache", "mea-defender")
            : Path.of(named));
  }

  /** Where networks are kept; empty for in memory only. */
  public Optional<Path> directory() {
    return directory;
  }
}
