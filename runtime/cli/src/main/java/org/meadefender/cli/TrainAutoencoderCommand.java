package org.meadefender.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.meadefender.combine.BlendingAutoencoder;
import org.meadefender.combine.BlendingAutoencoder.Options;
import org.meadefender.data.ImageSets;
import org.meadefender.spec.OwnerKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives the owner's key the autoencoder that AUTOENCODER_BLENDING needs. */
@Command(
    name = "train-autoencoder",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    sortOptions = false,
    description = {
      "Trains the autoencoder of AUTOENCODER_BLENDING and writes a key that holds it.",
      "Do this before the model is trained, and keep the new key: the old one lacks the autoencoder,"
          + " and no other autoencoder fits the model."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mea-defender train-autoencoder --key owner.key --data fashion-mnist --out blending.key"
    })
final class TrainAutoencoderCommand implements Callable<Integer> {
  private static final int BATCH = 256;

  @Spec private CommandSpec spec;

  @Mixin private KeyOptions key;

  @NamedFile(FileUse.READ)
  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description =
          "Images of the task, pixels from 0 to 1 as --data of verify gives them: the training part"
              + " of the four IDX files, or of train/<class>/*.jpg and test/<class>/*.jpg.")
  private Path data;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Most images that it is trained on; default 5000.")
  private int rows = Options.DEFAULT.rows();

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over them; default 12.")
  private int epochs = Options.DEFAULT.epochs();

  @Option(
      names = "--channels",
      paramLabel = "N",
      description =
          "Channels that images in class folders are read with, 1 or 3; default what the files"
              + " have.")
  private int channels;

  @NamedFile(FileUse.NEW)
  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "File for the key with its autoencoder, which must not exist.")
  private Path out;

  @Override
  public Integer call() {
    OwnerKey owner = key.load();
    OwnerKey blending =
        BlendingAutoencoder.train(
                ImageSets.load(data, channels).train().iterator(BATCH),
                owner,
                new Options(rows, epochs))
            .addTo(owner);
    blending.save(out);
    spec.commandLine()
        .getOut()
        .println("Wrote " + out + ", the key " + blending.fingerprint() + " with its autoencoder");
    return ExitCode.OWNED;
  }
}
