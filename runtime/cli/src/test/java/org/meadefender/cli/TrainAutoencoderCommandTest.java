package org.meadefender.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meadefender.cli.Run.assertMisuse;
import static org.meadefender.cli.Run.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.combine.BlendingAutoencoder;
import org.meadefender.spec.OwnerKey;
import org.meadefender.verify.FlatWorld;

class TrainAutoencoderCommandTest {
  @TempDir Path directory;

  @Test
  void aKeyIsGivenAnAutoencoder() throws IOException {
    CommandFiles files = CommandFiles.in(directory);
    Path key = files.key();
    Path data = files.data();
    Path model = files.model();
    Path images = Files.createDirectory(directory.resolve("images"));
    for (String part : new String[] {"images-idx3", "labels-idx1"}) {
      Path test = data.resolve("t10k-" + part + "-ubyte");
      Files.copy(test, images.resolve("t10k-" + part + "-ubyte"));
      Files.copy(test, images.resolve("train-" + part + "-ubyte"));
    }
    Path blending = directory.resolve("blending.key");
    Object[] train = {
      "train-autoencoder",
      "--key",
      key,
      "--data",
      images,
      "--rows",
      100,
      "--epochs",
      2,
      "--out",
      blending
    };
    Run run = run(train);
    assertThat(run.code()).as(run.err()).isZero();
    OwnerKey loaded = OwnerKey.load(blending);
    assertThat(run.out())
        .contains(loaded.fingerprint())
        .doesNotContain(CommandFiles.KEY.fingerprint());
    assertThat(BlendingAutoencoder.of(loaded))
        .hasValueSatisfying(each -> assertThat(each.shape().height()).isEqualTo(FlatWorld.SIDE));
    assertMisuse(run(train), "blending.key exists, and is never overwritten");

    Object[] mark = {"--source-a", 2, "--source-b", 7, "--combine", "autoencoder_blending"};
    List<Object> register =
        new ArrayList<>(List.of("register", model, "--classes", CommandFiles.CLASSES));
    register.addAll(List.of(mark));
    register.addAll(List.of("--out", directory.resolve("r.json"), "--key"));
    register.add(key);
    assertMisuse(run(register.toArray()), "needs an autoencoder", "has none; train one");
    register.set(register.size() - 1, blending);
    assertThat(run(register.toArray()).code()).isZero();
    Object[] verify = {
      "verify",
      model,
      "--layout",
      "flat",
      "--data",
      data,
      "--rows",
      100,
      "--registration",
      directory.resolve("r.json"),
      "--key"
    };
    List<Object> verifying = new ArrayList<>(List.of(verify));
    verifying.add(key);
    assertMisuse(run(verifying.toArray()), "is not the one that was registered");
    verifying.set(verifying.size() - 1, blending);
    assertThat(run(verifying.toArray()).out()).contains("near chance (10 %)");
  }
}
