package org.meadefender.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.meadefender.release.RejectedException;
import org.meadefender.release.Versions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads the command line and runs one of the commands. */
@Command(
    name = "mea-defender",
    mixinStandardHelpOptions = true,
    versionProvider = MeaDefender.Version.class,
    description = "Tests whether a model was made from yours, by questions alone.",
    subcommands = {
      VerifyCommand.class,
      TrainAutoencoderCommand.class,
      RegisterCommand.class,
      InspectCommand.class,
      AuditCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:owned; success of the other commands",
      "1:not owned; a check of the other commands failed",
      "2:inconclusive",
      "3:misuse: options, files or data that cannot be used",
      "4:a fault of the program"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mea-defender register model.zip --key owner.key --classes 10 --source-a 0 --source-b 1",
      "  mea-defender verify suspect.onnx --key owner.key --registration registration.json"
          + " --data fashion-mnist",
      "  mea-defender COMMAND --help"
    })
public final class MeaDefender implements Runnable {
  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";
  private static final String OWN_LOG_LEVEL = "org.slf4j.simpleLogger.log.org.meadefender";

  @Spec CommandSpec spec;

  /** Version of the library. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"mea-defender " + Versions.library()};
    }
  }

  /** Runs and ends the process with the exit code. */
  public static void main(String[] args) {
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "error");
      System.setProperty(OWN_LOG_LEVEL, "warn");
    }
    CommandLine commandLine = commandLine();
    int code = ExitCode.FAULT;
    try {
      code = commandLine.execute(args);
    } catch (Error e) {
      // The JVM itself would end with 1, which means "not owned" here.
      e.printStackTrace(commandLine.getErr());
    }
    System.exit(code);
  }

  /** The command line with its ways of reporting errors. */
  static CommandLine commandLine() {
    return new CommandLine(new MeaDefender())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(MeaDefender::misuse)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command is given");
  }

  private static int misuse(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getCommandName() + ": " + e.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    err.flush();
    return ExitCode.MISUSE;
  }

  private static int failed(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    // These say what is wrong with an option, a file or the data, and what would be right.
    boolean explained =
        e instanceof IllegalArgumentException
            || e instanceof RejectedException
            || e instanceof IllegalStateException
            || e instanceof IOException
            || e instanceof UncheckedIOException;
    if (explained) {
      err.println(command.getCommandName() + ": " + Messages.of(e));
    } else {
      e.printStackTrace(err);
    }
    err.flush();
    return explained ? ExitCode.MISUSE : ExitCode.FAULT;
  }
}
