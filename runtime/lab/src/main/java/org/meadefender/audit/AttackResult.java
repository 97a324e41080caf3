package org.meadefender.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.attack.detection.DetectionFinding;
import org.meadefender.suspect.SuspectModel;

/** What an attack came to: a model, which the audit then measures, or what a search found. */
public final class AttackResult {
  private final @Nullable SuspectModel model;
  private final @Nullable Model network;
  private final boolean suspicious;
  private final long queries;
  private final Map<String, Double> figures;
  private final List<AttackChart> charts;
  private final List<AuditEntry.Picture> pictures;

  private AttackResult(
      @Nullable SuspectModel model,
      @Nullable Model network,
      boolean suspicious,
      long queries,
      Map<String, Double> figures,
      List<AttackChart> charts,
      List<AuditEntry.Picture> pictures) {
    this.model = model;
    this.network = network;
    this.suspicious = suspicious;
    this.queries = queries;
    this.figures = figures;
    this.charts = List.copyOf(charts);
    this.pictures = List.copyOf(pictures);
  }

  /** A copied or changed network. */
  public static AttackResult model(Model network) {
    return new AttackResult(
        SuspectModel.of(network), network, false, 0, Map.of(), List.of(), List.of());
  }

  /** A copied or changed model, or one behind a change of its inputs. */
  public static AttackResult model(SuspectModel model) {
    return new AttackResult(model, null, false, 0, Map.of(), List.of(), List.of());
  }

  /** What a search found. */
  public static AttackResult search(DetectionFinding finding) {
    return search(finding.suspicious()).withFigures(finding.figures());
  }

  /**
   * The end of a search.
   *
   * @param suspicious whether it points at a watermark
   */
  public static AttackResult search(boolean suspicious) {
    return new AttackResult(null, null, suspicious, 0, Map.of(), List.of(), List.of());
  }

  /** The same with the number of questions that the victim answered. */
  public AttackResult withQueries(long newQueries) {
    return new AttackResult(model, network, suspicious, newQueries, figures, charts, pictures);
  }

  /** The same with further figures by their names, shown in their order. */
  public AttackResult withFigures(Map<String, Double> newFigures) {
    return new AttackResult(model, network, suspicious, queries, newFigures, charts, pictures);
  }

  /** The same with charts. */
  public AttackResult withCharts(AttackChart... newCharts) {
    return new AttackResult(
        model, network, suspicious, queries, figures, List.of(newCharts), pictures);
  }

  /** The same with pictures. */
  public AttackResult withPictures(List<AuditEntry.Picture> newPictures) {
    return new AttackResult(model, network, suspicious, queries, figures, charts, newPictures);
  }

  /** The model; null for searches. */
  public @Nullable SuspectModel model() {
    return model;
  }

  /** The copied or changed network; empty for searches and for models that are no network. */
  public Optional<Model> network() {
    return Optional.ofNullable(network);
  }

  /** Whether a search points at a watermark. */
  public boolean suspicious() {
    return suspicious;
  }

  /** Questions that the victim answered. */
  public long queries() {
    return queries;
  }

  Map<String, Double> figures() {
    return figures;
  }

  List<AttackChart> charts() {
    return charts;
  }

  List<AuditEntry.Picture> pictures() {
    return pictures;
  }
}
