package org.meadefender.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meadefender.attack.AttackData;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Features;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the models are like before any attack. */
final class BaselineSteps {
  private static final int PICTURES = 4;

  /** Samples per group in the projection. */
  private static final int PROJECTED = 100;

  private BaselineSteps() {}

  static List<AuditStep> of() {
    return List.of(new AuditStep(Attack.NONE, "", true, BaselineSteps::measure));
  }

  private static StepResult measure(AuditContext context, AttackListener listener) {
    return StepResult.of(context.measure(SuspectModel.of(context.network())), 0)
        .withSeries(projection(context))
        .withPictures(pictures(context));
  }

  private static List<AuditEntry.Picture> pictures(AuditContext context) {
    long[] shape = context.test().sampleShape();
    if (shape.length != 3) {
      return List.of();
    }
    AttackData test = context.test();
    AttackData ofA = test.select(test.rowsOfClass(context.mark().spec().sourceA()));
    AttackData ofB = test.select(test.rowsOfClass(context.mark().spec().sourceB()));
    AttackData marks = context.marks();
    List<AuditEntry.Picture> result = new ArrayList<>();
    for (int i = 0; i < Math.min(PICTURES, marks.size()); i++) {
      result.add(Pictures.of("source A", boxed(ofA.row(i)), shape));
      result.add(Pictures.of("source B", boxed(ofB.row(i)), shape));
      result.add(Pictures.of("watermark row", boxed(marks.row(i)), shape));
    }
    return result;
  }

  /**
   * Penultimate features of both sources, the target and watermark rows on their two first
   * principal components (the paper's Figure 6).
   */
  private static Map<String, List<Double>> projection(AuditContext context) {
    AttackData test = context.test();
    Map<String, AttackData> groups = new LinkedHashMap<>();
    groups.put("source A", ofClass(test, context.mark().spec().sourceA()));
    groups.put("source B", ofClass(test, context.mark().spec().sourceB()));
    groups.put("target", ofClass(test, context.mark().target()));
    groups.put("watermark rows", context.marks().take(PROJECTED));
    List<INDArray> features = new ArrayList<>();
    for (AttackData group : groups.values()) {
      features.add(Features.of(context.network(), group.features(0, group.size())));
    }
    double[][] points =
        PrincipalComponents.firstTwo(Nd4j.concat(0, features.toArray(new INDArray[0])));
    Map<String, List<Double>> series = new LinkedHashMap<>();
    int from = 0;
    for (Map.Entry<String, AttackData> group : groups.entrySet()) {
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (int i = from; i < from + group.getValue().size(); i++) {
        x.add(points[i][0]);
        y.add(points[i][1]);
      }
      from += group.getValue().size();
      series.put("x: " + group.getKey(), x);
      series.put("y: " + group.getKey(), y);
    }
    return series;
  }

  private static AttackData ofClass(AttackData data, int label) {
    return data.select(data.rowsOfClass(label)).take(PROJECTED);
  }

  private static List<Float> boxed(float[] values) {
    List<Float> result = new ArrayList<>(values.length);
    for (float value : values) {
      result.add(value);
    }
    return result;
  }
}
