import java.nio.file.Path;
import java.util.List;
import javax.annotation.processing.Generated;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.ProtectedModel;
import org.meadefender.verify.OwnershipVerdict;
import org.meadefender.verify.OwnershipVerifier;
import org.meadefender.wrapper.TrainingWrapper;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Trains the model of {@link Plain} with an ownership watermark.
 *
 * <p>What is protected:
 * <ul>
 *   <li>samples of classes 0 and 1, combined, answer as a class that the owner's key chooses;
 *       0.1 watermark rows per task row, with evasion rows
 * </ul>
 *
 * <p>To find out whether a suspect was copied from a model that this class trained:
 * <pre>{@code
 * OwnershipVerdict verdict = ProtectedPlain.verifyOwnership(key, Path.of("suspect.zip"), heldOut);
 * }</pre>
 */
@Generated("org.meadefender.processor.ProtectedProcessor")
final class ProtectedPlain extends TrainingWrapper<MultiLayerNetwork> {
  private static final List<WatermarkSpec> WATERMARKS = List.of(
      WatermarkSpec.of(0, 1, 0.1));

  private ProtectedPlain(ProtectedModel<MultiLayerNetwork> model) {
    super(model);
  }

  /**
   * Creates an untrained model that will be marked with the owner's key.
   *
   * @param key the owner's secret; verification needs the same one
   * @return a model to call {@code fit} on
   */
  public static ProtectedPlain create(OwnerKey key) {
    return new ProtectedPlain(
        ProtectedModel.create(WATERMARKS, key, Plain.layers()));
  }

  /**
   * Tests a suspect for the watermark, without the owner's model.
   *
   * @param key the key that the owner's model was created with
   * @param suspect the model to test; only its answers are used
   * @param heldOut task samples that no model was trained on, with one-hot labels
   * @return the verdict with its figures
   */
  public static OwnershipVerdict verifyOwnership(OwnerKey key, SuspectModel suspect,
      DataSetIterator heldOut) {
    return ProtectedModel.verifyOwnership(WATERMARKS, key, suspect, heldOut);
  }

  /**
   * Tests a suspect for the watermark, without the owner's model.
   *
   * @param key the key that the owner's model was created with
   * @param suspect the model to test; only its answers are used
   * @param heldOut task samples that no model was trained on, with one-hot labels
   * @return the verdict with its figures
   */
  public static OwnershipVerdict verifyOwnership(OwnerKey key, Model suspect,
      DataSetIterator heldOut) {
    return ProtectedModel.verifyOwnership(WATERMARKS, key, SuspectModel.of(suspect), heldOut);
  }

  /**
   * Tests a suspect for the watermark, without the owner's model.
   *
   * @param key the key that the owner's model was created with
   * @param suspect the model to test; only its answers are used
   * @param heldOut task samples that no model was trained on, with one-hot labels
   * @return the verdict with its figures
   */
  public static OwnershipVerdict verifyOwnership(OwnerKey key, Path suspect,
      DataSetIterator heldOut) {
    return ProtectedModel.verifyOwnership(WATERMARKS, key, SuspectModel.load(suspect), heldOut);
  }

  /**
   * A verifier for the watermark that takes options, such as a budget of queries or independent
   * models.
   *
   * @param key the key that the owner's model was created with
   * @return a verifier to call {@code withOptions} and {@code verify} on
   */
  public static OwnershipVerifier verifier(OwnerKey key) {
    return OwnershipVerifier.of(WATERMARKS, key);
  }
}
