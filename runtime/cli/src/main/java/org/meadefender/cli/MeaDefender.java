package org.meadefender.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/**
 * Starts the command line. It names no library, so that it can say which one is missing: the Java
 * virtual machine itself would end with 1, which means "not owned" here.
 */
public final class MeaDefender {
  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";
  private static final String OWN_LOG_LEVEL = "org.slf4j.simpleLogger.log.org.meadefender";

  private MeaDefender() {}

  /** What is started. */
  interface Start {
    /** Runs to the end, and gives the exit code. */
    int run();
  }

  /** Runs and ends the process with the exit code. */
  public static void main(String[] args) {
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "error");
      System.setProperty(OWN_LOG_LEVEL, "warn");
      System.setProperty("org.slf4j.simpleLogger.showLogName", "false");
      System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
    }
    PrintWriter err =
        new PrintWriter(new FileOutputStream(FileDescriptor.err), true, Charset.defaultCharset());
    System.exit(
        codeOf(() -> RootCommand.commandLine(args.length > 0 ? args[0] : "").execute(args), err));
  }

  /** The exit code of a start, whatever happens in it. */
  static int codeOf(Start start, PrintWriter err) {
    try {
      return start.run();
    } catch (NoClassDefFoundError e) {
      err.println(
          "mea-defender: a library is missing, which has the class "
              + String.valueOf(e.getMessage()).replace('/', '.')
              + "; take the jar of the command line, or add it to the class path");
      return ExitCode.MISUSE;
    } catch (OutOfMemoryError e) {
      err.println(
          "mea-defender: Java has not enough memory ("
              + e.getMessage()
              + "); give it more, java -Xmx...");
      return ExitCode.FAULT;
    } catch (Throwable e) {
      e.printStackTrace(err);
      return ExitCode.FAULT;
    }
  }
}
