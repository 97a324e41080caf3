package org.meadefender.samples.walkthrough;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.ImageSets.TrainTest;
import org.meadefender.release.Registration;
import org.meadefender.release.SigningKey;
import org.meadefender.spec.OwnerKey;

/** Step 1: the owner trains the model with its mark, and releases it. */
final class TrainAndRelease {
  private TrainAndRelease() {}

  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args[0]));
    OwnerKey key = OwnerKey.generate();
    key.save(directory.resolve("owner.key")); // keep it as long as the model may be disputed
    TrainTest images = ImageSets.drawn(2_400, 200, 1); // yours: ImageSets.load(Path.of("images"))
    ImageSet training = images.train().shuffled(1).take(7_000); // the others are for a thief
    trainAndRelease(key, training, images.test(), directory);
  }

  static void trainAndRelease(OwnerKey key, ImageSet training, ImageSet heldOut, Path directory)
      throws IOException {
    ProtectedShapesNet model = ProtectedShapesNet.create(key);
    model.fit(training.shuffledIterator(64, 1), 8);
    System.out.println(model.network().evaluate(heldOut.iterator(100)).stats());

    Path released = directory.resolve("model.zip"); // deploy this file, and nothing else
    model.release(released);

    // What a court looks at first: made before anybody had the model, it names the held-out data.
    Registration registration = model.protectedModel().register(released, heldOut.iterator(100));
    Files.write(
        directory.resolve("registration.json"), registration.sign(SigningKey.of(key)).toBytes());
  }
}
