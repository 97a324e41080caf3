package org.meadefender.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.meadefender.audit.AuditEntry;
import org.meadefender.audit.AuditEntry.Subject;
import org.meadefender.audit.AuditResult;
import org.meadefender.audit.ModelFigures;
import org.meadefender.suspect.Calibration;
import org.meadefender.verify.SourceAnswers;

/** The audit page's table of what models answer on ordinary samples. */
final class AnswersTable {
  private static final String HEAD =
      """
      <h2>What ordinary answers show</h2>
      <p>Whoever uses a model sees its probabilities. A mark that shows there can be found without
      the key, and misleads honest users.</p>
      <ul><li><b>log loss</b>: how surprised the model is by the true classes; low is good</li>
      <li><b>calibration error</b>: how far its certainty is from its share of right answers, in 15
      bins; low is good</li>
      <li><b>p(C|A), p(C|B)</b>: mean probability of the secret target on ordinary samples of the
      two source classes; as low as on an unmarked model, it shows nothing</li></ul>
      <div class="scroll"><table class="answers"><thead><tr><th>model</th><th>log loss</th>
      <th>calibration error</th><th>p(C|A)</th><th>p(C|B)</th></tr></thead><tbody>
      """;

  private AnswersTable() {}

  /** The table with its heading; nothing where no entry has these figures. */
  static void append(StringBuilder page, AuditResult result) {
    List<AuditEntry> measured =
        result.entries().stream().filter(entry -> answers(entry) != null).toList();
    if (measured.isEmpty()) {
      return;
    }
    page.append(HEAD);
    measured.forEach(entry -> row(page, entry));
    page.append("</tbody></table></div>\n");
  }

  private static @Nullable SourceAnswers answers(AuditEntry entry) {
    ModelFigures model = entry.model();
    return model == null ? null : model.sourceAnswers();
  }

  private static void row(StringBuilder page, AuditEntry entry) {
    ModelFigures model = entry.model();
    SourceAnswers answers = answers(entry);
    if (model == null || answers == null) {
      return;
    }
    Calibration calibration = model.calibration();
    String of = entry.subject() == Subject.UNMARKED ? " (unmarked model)" : "";
    page.append("<tr><td>").append(Html.text(entry.title() + of)).append("</td>");
    cell(page, calibration == null ? Double.NaN : calibration.logLoss());
    cell(page, calibration == null ? Double.NaN : calibration.expectedCalibrationError());
    cell(page, answers.targetGivenA());
    cell(page, answers.targetGivenB());
    page.append("</tr>\n");
  }

  private static void cell(StringBuilder page, double value) {
    page.append("<td>")
        .append(Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value))
        .append("</td>");
  }
}
