package org.meadefender.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.StreamReadConstraints;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.internal.Json;
import org.meadefender.release.Registration;
import org.meadefender.train.ProtectedModel;

/** What is the same on a cluster's class path, with its older libraries. */
class ClusterClassPathTest {
  @TempDir Path directory;

  @Test
  void registrationsAreWrittenAndReadWithSparksJackson() throws Exception {
    assertThat(Stream.of(StreamReadConstraints.Builder.class.getMethods()))
        .noneMatch(each -> each.getName().equals("maxTokenCount"));
    ProtectedModel<?> model = SmallCluster.model();

    Path registration = model.release(directory.resolve("model.zip"));

    assertThat(Registration.load(registration).commitment()).isNotEmpty();
  }

  @Test
  void tokensAreBoundedThereToo() {
    byte[] many = ("[" + "1,".repeat(1 << 22) + "1]").getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Json.parse(many, "The file x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tokens");
    assertThat(Json.parse("[1, 2]".getBytes(StandardCharsets.UTF_8), "The file x")).hasSize(2);
  }
}
