package org.meadefender.internal.loss;

import java.io.IOException;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.core.type.WritableTypeId;
import org.nd4j.shade.jackson.databind.JsonSerializer;
import org.nd4j.shade.jackson.databind.SerializerProvider;
import org.nd4j.shade.jackson.databind.jsontype.TypeSerializer;

/**
 * Writes the user's own loss in the place of ours, so that no file tells of a watermark that is
 * saved while a network trains. Only Deeplearning4j's parallel trainers, which make their workers
 * through JSON, get ours.
 */
final class LossWatermarkSerializer extends JsonSerializer<LossWatermark> {
  private static final String PARALLEL = "org.deeplearning4j.parallelism.";
  private static final String SPARK = "org.deeplearning4j.spark.";

  @Override
  public void serialize(LossWatermark loss, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    provider.defaultSerializeValue(loss.task(), out);
  }

  @Override
  public void serializeWithType(
      LossWatermark loss, JsonGenerator out, SerializerProvider provider, TypeSerializer types)
      throws IOException {
    if (loss.isRetired() || !isForWorkers()) {
      ILossFunction own = loss.task();
      provider.findValueSerializer(own.getClass()).serializeWithType(own, out, provider, types);
      return;
    }
    WritableTypeId type = types.typeId(loss, JsonToken.START_OBJECT);
    types.writeTypePrefix(out, type);
    provider.defaultSerializeField("task", loss.task(), out);
    provider.defaultSerializeField("weights", loss.weights(), out);
    provider.defaultSerializeField("mgda", loss.mgda(), out);
    provider.defaultSerializeField("miniBatch", loss.isMiniBatch(), out);
    types.writeTypeSuffix(out, type);
  }

  /** Workers' own networks may be saved, too: what writes a file comes last. */
  private static boolean isForWorkers() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::getClassName)
                    .filter(
                        name ->
                            name.equals(ModelSerializer.class.getName())
                                || name.startsWith(PARALLEL)
                                || name.startsWith(SPARK))
                    .findFirst())
        .filter(name -> !name.equals(ModelSerializer.class.getName()))
        .isPresent();
  }
}
