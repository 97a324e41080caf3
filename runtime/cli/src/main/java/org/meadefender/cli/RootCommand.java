package org.meadefender.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.meadefender.internal.Versions;
import org.meadefender.release.RejectedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Reads the command line and runs one of the commands. */
@Command(
    name = "mea-defender",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    description = {
      "Marks a model while it trains, and tests whether another was made from it, by questions"
          + " alone."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:owned; success of the other commands",
      "1:not owned, and nothing else (but java itself ends so where it cannot start: a verdict is"
          + " there only where it is printed)",
      "2:inconclusive",
      "3:misuse: options, files or data that cannot be used, results that cannot be written",
      "4:a fault of the program",
      "5:traces of the mark that do not suffice",
      "6:inspect rejects the file; an attack of audit removed the mark"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mea-defender keygen --out owner.key",
      "  mea-defender train small --key owner.key --data fashion-mnist --source-a 0 --source-b 1"
          + " --out trained.zip",
      "  mea-defender release trained.zip --key owner.key --out model.zip",
      "  mea-defender register model.zip --key owner.key --trained trained.zip",
      "  mea-defender verify suspect.onnx --key owner.key --registration registration.json"
          + " --data fashion-mnist",
      "  mea-defender COMMAND --help"
    })
final class RootCommand implements Runnable {
  /** All commands by name, in the order of the help. */
  private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("keygen", KeygenCommand.class);
    COMMANDS.put("train-autoencoder", TrainAutoencoderCommand.class);
    COMMANDS.put("train", TrainCommand.class);
    COMMANDS.put("release", ReleaseCommand.class);
    COMMANDS.put("register", RegisterCommand.class);
    COMMANDS.put("verify", VerifyCommand.class);
    COMMANDS.put("inspect", InspectCommand.class);
    COMMANDS.put("audit", AuditCommand.class);
  }

  @Spec private CommandSpec spec;

  /** Version of the library. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"mea-defender " + Versions.library()};
    }
  }

  /** The command line with its ways of reporting errors, with all commands. */
  static CommandLine commandLine() {
    return commandLine("");
  }

  /** The same with one command, where the first argument names one: others take time to load. */
  static CommandLine commandLine(String first) {
    CommandLine commandLine = new CommandLine(new RootCommand());
    COMMANDS.forEach(
        (name, type) -> {
          if (name.equals(first) || !COMMANDS.containsKey(first)) {
            commandLine.addSubcommand(type);
          }
        });
    commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(RootCommand::started)
        .setParameterExceptionHandler(RootCommand::misuse)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    HelpText.applyTo(commandLine);
    return commandLine;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command is given");
  }

  private static int started(ParseResult parsed) {
    if (CommandLine.printHelpIfRequested(parsed)) {
      return ExitCode.OWNED;
    }
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    try {
      NamedFiles.requireWritable(last);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(last.commandSpec().commandLine(), e.getMessage(), e);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int misuse(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getCommandName() + ": " + Messages.words(e.getMessage()));
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
