package org.meadefender.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.meadefender.spec.OwnerKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws an owner's key. */
@Command(
    name = "keygen",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    sortOptions = false,
    description = {
      "Draws a new owner's key, the secret from which a watermark follows.",
      "The file is readable for you only. Keep it as long as a model may be disputed: without it,"
          + " nothing can be shown."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  mea-defender keygen --out owner.key"})
final class KeygenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @NamedFile(FileUse.NEW)
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The key's file, which must not exist; default owner.key.")
  private Path out = Path.of("owner.key");

  @Override
  public Integer call() {
    OwnerKey key = OwnerKey.generate();
    key.save(out);
    spec.commandLine()
        .getOut()
        .println(
            "Wrote " + out + ", the key " + key.fingerprint() + "; keep a copy in a safe place");
    return ExitCode.OWNED;
  }
}
