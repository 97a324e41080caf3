package org.meadefender.samples.walkthrough;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.release.Registration;
import org.meadefender.release.SigningKey;
import org.meadefender.report.VerdictPage;
import org.meadefender.spec.OwnerKey;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.verify.Evidence;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.Transcript;
import org.meadefender.verify.VerificationOptions;

/** Step 3: the owner asks a suspect, and leaves a verdict that others can check. */
final class Accuse {
  private Accuse() {}

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    OwnerKey key = OwnerKey.load(directory.resolve("owner.key"));
    ImageSet heldOut = ImageSets.drawn(2_400, 200, 1).test();
    accuse(key, directory.resolve("suspect.zip"), heldOut, directory);
  }

  static OwnershipVerdict accuse(OwnerKey key, Path suspect, ImageSet heldOut, Path directory)
      throws IOException {
    OwnershipVerdict verdict =
        ProtectedShapesNet.verifyOwnership(key, suspect, heldOut.iterator(100));
    System.out.println(verdict);
    VerdictPage.write(verdict, directory.resolve("verdict.html"));

    if (verdict instanceof OwnershipVerdict.Owned) {
      Evidence evidence =
          Evidence.gather(
              Registration.readFile(directory.resolve("registration.json")),
              key,
              SigningKey.of(key),
              SuspectModel.load(suspect),
              heldOut.iterator(100),
              VerificationOptions.DEFAULT,
              Transcript.create());
      Files.write(directory.resolve("evidence.json"), evidence.toBytes());
    }
    return verdict;
  }
}
