package org.meadefender.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.FitSettings;
import org.meadefender.attack.detection.ProfileAttack;
import org.meadefender.attack.detection.TripleRanking;
import org.meadefender.attack.detection.TripleRanking.Triple;
import org.meadefender.attack.removal.TripleCleaning;
import org.meadefender.combine.Watermark;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;

/** Makes the attacks that look for the triple in ordinary answers, and those that use it. */
final class TripleAttacks {
  /** A thief who tries a twentieth of all triples has found this one. */
  private static final double FOUND = 0.05;

  private TripleAttacks() {}

  static Attack answerProfile() {
    return ListedAttack.of(
            "answer-profile",
            AttackFamily.DETECTION,
            "answer profile",
            "The thief ranks all triples by the answers to a few hundred ordinary samples.")
        .withVariants(
            scale ->
                List.of(
                    new AttackVariant(
                        "beside own networks",
                        (context, listener) -> rank(context, beside(scale), listener)),
                    new AttackVariant(
                        "without networks",
                        (context, listener) ->
                            rank(context, beside(scale).withoutNetworks(), listener))));
  }

  static Attack cleaning() {
    return removal(
            "triple-cleaning",
            "cleaned answers, triple known",
            "A copy learns answers without the target, and mixes as their sources.")
        .withAction((context, listener) -> cleaned(context, triple(context.watermark()), listener));
  }

  static Attack cleaningOfFound() {
    return removal(
            "found-triple-cleaning",
            "cleaned answers, triple guessed",
            "The same with the triple that an answer profile puts first.")
        .withAction(TripleAttacks::cleanFound);
  }

  /** The audit knows the triple, and says where the thief's ranking has it. */
  private static AttackResult rank(
      AttackContext context, ProfileAttack attack, AttackListener listener) {
    ProfileAttack.Finding finding = find(context, attack, listener);
    Triple triple = triple(context.watermark());
    Map<String, Double> figures = new LinkedHashMap<>();
    put(figures, "", finding.byTopClass(), triple);
    put(figures, " by true labels", finding.byLabel(), triple);
    figures.put("triples", (double) finding.byTopClass().triples());
    figures.putAll(finding.figures());
    return AttackResult.search(finding.byTopClass().share(triple) <= FOUND).withFigures(figures);
  }

  private static void put(
      Map<String, Double> figures, String how, TripleRanking ranking, Triple triple) {
    figures.put("rank of the triple" + how, (double) ranking.rank(triple));
    figures.put("share of triples at or before it" + how, ranking.share(triple));
  }

  private static AttackResult cleanFound(AttackContext context, AttackListener listener) {
    ProfileAttack.Finding finding = find(context, beside(context.scale()), listener);
    Triple triple = triple(context.watermark());
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("guess is the triple", finding.best().equals(triple) ? 1.0 : 0);
    figures.put("rank of the triple", (double) finding.byTopClass().rank(triple));
    return cleaned(context, finding.best(), listener).withFigures(figures);
  }

  private static ProfileAttack.Finding find(
      AttackContext context, ProfileAttack attack, AttackListener listener) {
    LabelledSamples samples =
        context.thief().take(attack.queries() + context.scale().removalRows());
    return attack
        .search(context.architecture(), samples, context.seed(), listener)
        .of(SuspectModel.of(context.network()));
  }

  private static AttackResult cleaned(
      AttackContext context, Triple triple, AttackListener listener) {
    LabelledSamples asked = context.thief().take(context.scale().queries());
    TripleCleaning cleaning =
        TripleCleaning.of(triple.sourceA(), triple.sourceB(), triple.target())
            .withAutoencoder(context.blends())
            .withFit(FitSettings.adam(context.scale().epochs()));
    return AttackResult.model(cleaning.remove(context.network(), asked, context.seed(), listener))
        .withQueries(asked.size());
  }

  private static Triple triple(Watermark mark) {
    return new Triple(mark.spec().sourceA(), mark.spec().sourceB(), mark.target());
  }

  private static ProfileAttack beside(AttackScale scale) {
    return ProfileAttack.standard().withFit(FitSettings.adam(scale.epochs()));
  }

  private static ListedAttack removal(String id, String title, String explanation) {
    return ListedAttack.of(id, AttackFamily.REMOVAL, title, explanation);
  }
}
