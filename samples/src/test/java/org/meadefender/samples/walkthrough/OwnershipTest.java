package org.meadefender.samples.walkthrough;

import static org.meadefender.junit.VerdictAssertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meadefender.junit.OwnershipExtension;
import org.meadefender.spec.OwnerKey;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Step 4: each build of a product asks whether its model still carries the mark. */
@ExtendWith(OwnershipExtension.class)
class OwnershipTest {
  private static final Path MODEL = Path.of(System.getProperty("walkthrough.model", "model.zip"));

  @Test
  void theModelThatWeShipIsOurs(OwnerKey key, DataSetIterator heldOut) {
    assertThat(ProtectedShapesNet.verifyOwnership(key, MODEL, heldOut))
        .isOwned()
        .hasWsrOfAtLeast(0.9);
  }
}
