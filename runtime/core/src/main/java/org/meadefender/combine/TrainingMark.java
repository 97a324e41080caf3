package org.meadefender.combine;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.meadefender.annotations.Combine;
import org.meadefender.annotations.Protected;
import org.meadefender.internal.StreamKey;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;

/**
 * What teaches one mark, see {@link TrainingMarks}.
 *
 * @param spec with the target that the owner's key chose
 * @param classes number of classes of the model
 * @param combiner what the choice of the secret combiner comes from
 * @param rows what the choices of single rows come from
 * @param autoencoder of a mark that blends with it
 */
record TrainingMark(
    WatermarkSpec spec,
    int classes,
    StreamKey combiner,
    StreamKey rows,
    Optional<BlendingAutoencoder> autoencoder) {

  /** Takes it from the owner's key. */
  static TrainingMark of(Watermark watermark, OwnerKey key) {
    WatermarkSpec spec = watermark.spec();
    return new TrainingMark(
        spec.withTarget(watermark.target()),
        watermark.classes(),
        Watermark.combinerStream(spec, key),
        StreamKey.of(key.streamSecret("training/" + spec.sourceA() + "/" + spec.sourceB())),
        watermark.secret() instanceof AutoencoderBlend blend
            ? Optional.of(blend.autoencoder())
            : Optional.empty());
  }

  /**
   * The mark with the streams of one place of a training. Its spec does not name the target: specs
   * stand in messages, which a cluster logs.
   */
  Watermark at(String place) {
    StreamKey here = rows.derive(place);
    KeyedWays ways = KeyedWays.of(spec, combiner.random(), autoencoder::orElseThrow);
    return new Watermark(
        spec.withTarget(Protected.TARGET_FROM_KEY),
        label -> here.derive(label).random(),
        "hidden",
        classes,
        spec.target(),
        ways);
  }

  void write(Properties to, String prefix) {
    to.setProperty(prefix + "sourceA", Integer.toString(spec.sourceA()));
    to.setProperty(prefix + "sourceB", Integer.toString(spec.sourceB()));
    to.setProperty(prefix + "target", Integer.toString(spec.target()));
    to.setProperty(prefix + "ratio", Double.toString(spec.ratio()));
    to.setProperty(prefix + "combine", spec.combine().name());
    to.setProperty(prefix + "evasion", Boolean.toString(spec.evasion()));
    spec.ownCombiner().ifPresent(name -> to.setProperty(prefix + "ownCombiner", name));
    to.setProperty(prefix + "classes", Integer.toString(classes));
    to.setProperty(prefix + "combiner", combiner.toHex());
    to.setProperty(prefix + "rows", rows.toHex());
    autoencoder.ifPresent(
        each ->
            to.setProperty(
                prefix + "autoencoder", Base64.getEncoder().encodeToString(each.toBytes())));
  }

  /**
   * Reads one back.
   *
   * @throws IllegalArgumentException if a value is missing or damaged
   */
  static TrainingMark read(Properties from, String prefix) {
    WatermarkSpec spec =
        new WatermarkSpec(
            Integer.parseInt(value(from, prefix + "sourceA")),
            Integer.parseInt(value(from, prefix + "sourceB")),
            Integer.parseInt(value(from, prefix + "target")),
            Double.parseDouble(value(from, prefix + "ratio")),
            Combine.valueOf(value(from, prefix + "combine").toUpperCase(Locale.ROOT)),
            Boolean.parseBoolean(value(from, prefix + "evasion")),
            Optional.ofNullable(from.getProperty(prefix + "ownCombiner")));
    return new TrainingMark(
        spec,
        Integer.parseInt(value(from, prefix + "classes")),
        StreamKey.ofHex(value(from, prefix + "combiner")),
        StreamKey.ofHex(value(from, prefix + "rows")),
        Optional.ofNullable(from.getProperty(prefix + "autoencoder"))
            .map(text -> BlendingAutoencoder.fromBytes(Base64.getDecoder().decode(text))));
  }

  private static String value(Properties from, String name) {
    String value = from.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException("The value " + name + " is missing");
    }
    return value;
  }

  /** Nothing of the choices. */
  @Override
  public String toString() {
    return "TrainingMark[hidden]";
  }
}
