package org.meadefender.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the jar never ends with a verdict's code where nothing was started. */
class LauncherTest {
  private static final Path SCRIPT = Path.of("src/main/launcher/mea-defender");

  @TempDir Path directory;
  private Path script = SCRIPT;

  @BeforeEach
  void install() throws IOException {
    script = Files.copy(SCRIPT, directory.resolve("mea-defender"));
  }

  private Run start(Path javaHome) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", script.toString(), "--help").redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), "", said);
  }

  @Test
  void aMissingJarIsNamed() throws IOException, InterruptedException {
    Run.assertMisuse(
        start(Path.of(System.getProperty("java.home"))), "there is no ", "mea-defender.jar");
  }

  @Test
  void aMissingJavaIsNamed() throws IOException, InterruptedException {
    Files.createFile(directory.resolve("mea-defender.jar"));
    Run.assertMisuse(start(directory.resolve("none")), "cannot start ", "install Java 17 or newer");
  }

  @Test
  void theScriptCanBeRun() {
    assertThat(SCRIPT).isExecutable();
  }
}
