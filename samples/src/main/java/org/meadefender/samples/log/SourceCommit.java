package org.meadefender.samples.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The commit that the working directory is at, as git tells it. */
final class SourceCommit {
  private static final String UNKNOWN = "unknown";

  private SourceCommit() {}

  static String current() {
    String commit = git("rev-parse", "HEAD");
    if (commit.isEmpty()) {
      return UNKNOWN;
    }
    return git("status", "--porcelain", "--untracked-files=no").isEmpty()
        ? commit
        : commit + "+changes";
  }

  /** What git prints; empty where there is no git or no repository. */
  private static String git(String... words) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(1, TimeUnit.MINUTES);
      return ended && process.exitValue() == 0 ? out.strip() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
