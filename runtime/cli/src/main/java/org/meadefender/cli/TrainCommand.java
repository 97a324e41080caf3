package org.meadefender.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingOptions;
import org.meadefender.train.TrainingReport;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a network with a watermark. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    sortOptions = false,
    description = {
      "Trains a network with a watermark.",
      "After every epoch it is measured on the test images. With --checkpoint, a training that was"
          + " stopped goes on after its last whole epoch: give the same command again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mea-defender train small --key owner.key --data fashion-mnist --source-a 0 --source-b 1"
          + " --out trained.zip",
      "  mea-defender train network.json --key owner.key --data images --source-a 3 --source-b 5"
          + " --ratio 0.1 --epochs 20 --checkpoint checkpoints --out trained.zip"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NETWORK",
      description =
          "Deeplearning4j configuration (JSON), or saved network (zip), whose weights are kept; or"
              + " \"small\", two convolutions for small images; or a model of Deeplearning4j's zoo"
              + " by name, for instance LeNet, where that is on the class path.")
  private String network;

  @Mixin private KeyOptions key;

  @ArgGroup(exclusive = false, multiplicity = "1..*")
  private List<MarkOptions> marks;

  @NamedFile(FileUse.READ)
  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description =
          "The images: the four IDX files of MNIST and its relatives, or train/<class>/*.jpg and"
              + " test/<class>/*.jpg, all of one size.")
  private Path data;

  @Option(
      names = "--channels",
      paramLabel = "N",
      description =
          "Channels that images in class folders are read with, 1 or 3; default what the files"
              + " have.")
  private int channels;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training images; default 10.")
  private int epochs = 10;

  @Option(names = "--batch", paramLabel = "N", description = "Images of a step; default 128.")
  private int batch = 128;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of new weights and of the images' order, not 0; default 1.")
  private long seed = 1;

  @NamedFile(FileUse.CHECKPOINTS)
  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "Keeps the state after every epoch, so that a stopped training goes on.")
  private @Nullable Path checkpoint;

  @NamedFile(FileUse.NEW)
  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description =
          "The trained network, which must not exist. It says which marks it carries: keep it to"
              + " yourself, and deploy what release makes of it.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    OwnerKey owner = key.load();
    List<WatermarkSpec> specs = marks.stream().map(MarkOptions::spec).toList();
    TrainTest images = ImageSets.load(data, channels);
    ProtectedModel<Model> model =
        ProtectedModel.create(specs, owner, NetworkSource.read(network, images.test(), seed));
    TerminalProgress progress = TerminalProgress.on(spec.commandLine().getErr());
    TrainingOptions options =
        TrainingOptions.epochs(epochs)
            .withProgress(progress::training)
            .withEvaluation(images.test().iterator(batch));
    if (checkpoint != null) {
      options = options.withCheckpoints(checkpoint);
    }
    TrainingReport report = model.fit(images.train().shuffledIterator(batch, seed), options);
    new TrainedFile(out, specs, images.test().classes(), owner.fingerprint())
        .write(model.network());
    String found =
        report.epochs().isEmpty()
            ? "it was trained to its end before"
            : report
                .epochs()
                .get(report.epochs().size() - 1)
                .evaluation()
                .map(Object::toString)
                .orElse("not measured");
    spec.commandLine().getOut().println("Wrote " + out + ": " + found);
    return ExitCode.OWNED;
  }
}
