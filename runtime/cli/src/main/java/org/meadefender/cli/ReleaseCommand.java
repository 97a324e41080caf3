package org.meadefender.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.spec.OwnerKey;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.ProtectedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the file that is deployed. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    sortOptions = false,
    description = {
      "Makes the file that is deployed: a plain Deeplearning4j zip without a trace of the watermark.",
      "Beside it, a registration of its marks is written. Keep that, do not deploy it; register"
          + " makes one that can be time-stamped and names the held-out images."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  mea-defender release trained.zip --key owner.key --out model.zip"})
final class ReleaseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @NamedFile(FileUse.READ)
  @Parameters(paramLabel = "TRAINED", description = "What train wrote.")
  private Path trained;

  @Mixin private KeyOptions key;

  @NamedFile(FileUse.NEW)
  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The file to deploy, which must not exist.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    OwnerKey owner = key.load();
    TrainedFile file = TrainedFile.read(trained);
    file.requireKey(owner);
    Model network = SuspectModel.loadNetwork(trained);
    Path registration = ProtectedModel.create(file.marks(), owner, network).release(out);
    spec.commandLine().getOut().println("Wrote " + out + ", and its registration " + registration);
    return ExitCode.OWNED;
  }
}
