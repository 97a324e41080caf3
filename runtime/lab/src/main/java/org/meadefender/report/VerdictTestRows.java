package org.meadefender.report;

import java.util.Locale;
import java.util.Optional;
import org.meadefender.verify.BasisFigures;
import org.meadefender.verify.OwnershipVerdict.Basis;
import org.meadefender.verify.VerificationFigures;

/** The tests of a verdict as a table, with one sentence for each. */
final class VerdictTestRows {
  private VerdictTestRows() {}

  static void write(StringBuilder page, VerificationFigures figures) {
    page.append("<h2>Tests</h2>\n<p>Owned needs all tests of one basis. Smaller figures speak for")
        .append(" the mark.</p>\n");
    for (BasisFigures basis : figures.bases()) {
      boolean isTop = basis.basis() == Basis.TOP_CLASS;
      page.append("<h3>By ").append(Html.text(basis.basis().toString())).append("</h3>\n");
      page.append(VerdictPageText.TESTS_HEAD);
      row(
          page,
          isTop ? "against null rates" : "against reference models",
          basis.pValue(),
          basis.alpha(),
          isTop
              ? "The chance of so many answers with the target, if the suspect gave it as often as"
                  + " the highest null rate allows."
              : "The chance that one more unrelated model holds the target for as likely, compared"
                  + " with the reference models.");
      row(
          page,
          "against other ways, pair by pair",
          basis.pairedPValue(),
          basis.alpha(),
          "The chance that the secret way does so much better than others on the very same samples,"
              + " if the way made no difference.");
      row(
          page,
          "rank among other triples",
          basis.rankPValue(),
          basis.rankAlpha(),
          "The share of triples of classes, the mark's included, that do at least as well on this"
              + " suspect"
              + (isTop ? "." : ", other ways and keys among them."));
      page.append("</tbody></table></div>\n");
    }
    Optional<BasisFigures> probabilities = figures.probabilities();
    if (probabilities.isEmpty()) {
      page.append("<p>Probabilities were not tested: the suspect gives none, or there is no")
          .append(" sufficient reference panel.</p>\n");
    }
  }

  private static void row(
      StringBuilder page, String name, double figure, double needed, String sentence) {
    boolean passed = figure <= needed;
    page.append("<tr><td>")
        .append(name)
        .append("</td><td data-name=\"figure\">")
        .append(String.format(Locale.ROOT, "%.2g", figure))
        .append("</td><td data-name=\"needed\">")
        .append(String.format(Locale.ROOT, "at most %.2g", needed))
        .append("</td><td data-name=\"passed\" class=\"")
        .append(passed ? "yes\">yes" : "no\">no")
        .append("</td><td>")
        .append(Html.text(sentence))
        .append("</td></tr>\n");
  }
}
