package org.meadefender.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meadefender.cli.Run.assertMisuse;
import static org.meadefender.cli.Run.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
  @TempDir Path directory;

  private Path key = Path.of("");
  private Path data = Path.of("");
  private Path model = Path.of("");
  private Path registration = Path.of("");

  @BeforeEach
  void register() throws IOException {
    CommandFiles files = CommandFiles.in(directory);
    key = files.key();
    data = files.data();
    model = files.model();
    registration = directory.resolve("registration.json");
    List<Object> words =
        new ArrayList<>(
            List.of("register", model, "--key", key, "--classes", CommandFiles.CLASSES));
    words.addAll(List.of("--source-a", 0, "--source-b", 1, "--target", 2));
    words.addAll(List.of("--ratio", 0.1, "--out", registration));
    Run run = run(words.toArray());
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void auditNeedsAMarkThatIsRegistered() {
    assertMisuse(audit("--mark", 2), "--mark is 2; it must be from 1 to 1");
  }

  @Test
  void auditKnowsItsAttacksByName() {
    assertMisuse(
        audit("--attack", "wrc"), "There is no attack wrc, only distillation, distillation-with");
  }

  private Run audit(Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("audit", model, "--key", key, "--registration", registration));
    words.addAll(
        List.of("--thief-data", data, "--data", data, "--out", directory.resolve("audit")));
    words.addAll(List.of(more));
    return run(words.toArray());
  }
}
