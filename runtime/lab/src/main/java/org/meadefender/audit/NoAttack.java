package org.meadefender.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.internal.Features;
import org.meadefender.data.LabelledSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the models are like before any attack. */
final class NoAttack implements Attack {
  private static final int PICTURES = 4;

  /** Samples per group in the projection. */
  private static final int PROJECTED = 100;

  @Override
  public String id() {
    return "none";
  }

  @Override
  public AttackFamily family() {
    return AttackFamily.NONE;
  }

  @Override
  public String title() {
    return "no attack";
  }

  @Override
  public String explanation() {
    return "The model as it is.";
  }

  @Override
  public boolean onUnmarked() {
    return true;
  }

  @Override
  public List<AttackVariant> variants(AttackScale scale) {
    return List.of(new AttackVariant("", NoAttack::look));
  }

  private static AttackResult look(AttackContext context, AttackListener listener) {
    return AttackResult.model(context.network())
        .withCharts(projection(context))
        .withPictures(pictures(context));
  }

  private static List<AuditEntry.Picture> pictures(AttackContext context) {
    long[] shape = context.test().sampleShape();
    if (shape.length != 3) {
      return List.of();
    }
    LabelledSamples test = context.test();
    LabelledSamples ofA = test.select(test.rowsOfClass(context.watermark().spec().sourceA()));
    LabelledSamples ofB = test.select(test.rowsOfClass(context.watermark().spec().sourceB()));
    LabelledSamples marks = context.watermarkRows();
    List<AuditEntry.Picture> result = new ArrayList<>();
    for (int i = 0; i < Math.min(PICTURES, marks.size()); i++) {
      result.add(PngPictures.of("source A", boxed(ofA.row(i)), shape));
      result.add(PngPictures.of("source B", boxed(ofB.row(i)), shape));
      result.add(PngPictures.of("watermark row", boxed(marks.row(i)), shape));
    }
    return result;
  }

  /**
   * Penultimate features of both sources, the target and watermark rows on their two first
   * principal components (the paper's Figure 6).
   */
  private static AttackChart projection(AttackContext context) {
    LabelledSamples test = context.test();
    Map<String, LabelledSamples> groups = new LinkedHashMap<>();
    groups.put("source A", ofClass(test, context.watermark().spec().sourceA()));
    groups.put("source B", ofClass(test, context.watermark().spec().sourceB()));
    groups.put("target", ofClass(test, context.watermark().target()));
    groups.put("watermark rows", context.watermarkRows().take(PROJECTED));
    List<INDArray> features = new ArrayList<>();
    for (LabelledSamples group : groups.values()) {
      if (group.size() > 0) {
        features.add(Features.of(context.network(), group.features(0, group.size())));
      }
    }
    double[][] points =
        PrincipalComponents.firstTwo(Nd4j.concat(0, features.toArray(new INDArray[0])));
    List<AttackChart.PointGroup> projected = new ArrayList<>();
    int from = 0;
    for (Map.Entry<String, LabelledSamples> group : groups.entrySet()) {
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (int i = from; i < from + group.getValue().size(); i++) {
        x.add(points[i][0]);
        y.add(points[i][1]);
      }
      from += group.getValue().size();
      projected.add(new AttackChart.PointGroup(group.getKey(), x, y));
    }
    return new AttackChart.Points(
        "What the model sees",
        "Each point is a sample as the model's last layer sees it, on the plane in which they"
            + " differ most. In a protected model watermark rows lie with the target class.",
        "first component",
        "second component",
        projected);
  }

  private static LabelledSamples ofClass(LabelledSamples data, int label) {
    return data.select(data.rowsOfClass(label)).take(PROJECTED);
  }

  private static List<Float> boxed(float[] values) {
    List<Float> result = new ArrayList<>(values.length);
    for (float value : values) {
      result.add(value);
    }
    return result;
  }

  /** The id, as other attacks. */
  @Override
  public String toString() {
    return id();
  }
}
