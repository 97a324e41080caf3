package org.meadefender.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.meadefender.spec.OwnerKey;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the owner's key is; never the key itself, which other users could see in a command. */
final class KeyOptions {
  @ArgGroup(exclusive = true, multiplicity = "1")
  private Source source = new Source();

  /** A file or a variable. */
  static final class Source {
    @NamedFile(FileUse.READ)
    @Option(
        names = "--key",
        paramLabel = "FILE",
        required = true,
        description = "File with the owner's key, readable for its owner only.")
    private @Nullable Path file;

    @Option(
        names = "--key-env",
        paramLabel = "NAME",
        required = true,
        description = "Environment variable with the owner's key, 64 hexadecimal digits.")
    private @Nullable String variable;

    OwnerKey load() {
      return file == null
          ? OwnerKey.fromEnvironment(String.valueOf(variable))
          : OwnerKey.load(file);
    }
  }

  OwnerKey load() {
    return source.load();
  }
}
