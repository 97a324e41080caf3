package org.meadefender.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** What a run of the command line left behind. */
record Run(int code, String out, String err) {

  static Run run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        RootCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  static void assertMisuse(Run run, String... words) {
    assertThat(run.code).as(run.err).isEqualTo(ExitCode.MISUSE);
    assertThat(run.err).contains(words).doesNotContain("\tat ");
    assertThat(run.out).isEmpty();
  }
}
