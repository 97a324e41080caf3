package org.meadefender.attack.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.Classifiers;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** A {@link ProfileAttack} with its own networks trained, ready for any number of suspects. */
public final class ProfileSearch {
  private final LabelledSamples asked;
  private final int[] labels;
  private final List<LabelledSamples> own;

  private ProfileSearch(LabelledSamples asked, List<LabelledSamples> own) {
    this.asked = asked;
    this.labels = IntStream.range(0, asked.size()).map(asked::topClass).toArray();
    this.own = List.copyOf(own);
  }

  static ProfileSearch prepare(
      ProfileAttack attack,
      Architecture architecture,
      LabelledSamples clean,
      long seed,
      AttackListener listener) {
    if (clean.size() < 2) {
      throw new IllegalArgumentException(
          "There is one sample; the search needs two at least, and hundreds to find something");
    }
    if (attack.networks() == 0) {
      return new ProfileSearch(clean.take(attack.queries()), List.of());
    }
    // Own networks must not have seen what they answer: a trained sample is answered too surely.
    LabelledSamples asked = clean.take(Math.min(attack.queries(), clean.size() / 2));
    LabelledSamples lesson = clean.select(IntStream.range(asked.size(), clean.size()).toArray());
    List<LabelledSamples> own = new ArrayList<>();
    for (int i = 1; i <= attack.networks(); i++) {
      long ownSeed = seed == -i ? seed : seed + i;
      Model network = architecture.fresh(ownSeed, attack.fit().updater());
      Classifiers.fit(
          network, lesson, new LossMCXENT(), attack.fit(), ownSeed, AttackListener.NONE);
      own.add(Classifiers.answered(network, asked));
      listener.progress("own network", i, attack.networks());
    }
    return new ProfileSearch(asked, own);
  }

  /** Number of samples that a suspect is asked. */
  public int queries() {
    return asked.size();
  }

  /**
   * Ranks the triples of a suspect.
   *
   * @param suspect answers the classes that the samples have
   * @throws IllegalArgumentException if it answers another number of classes
   */
  public ProfileAttack.Finding of(SuspectModel suspect) {
    LabelledSamples answered = Classifiers.answered(suspect, asked);
    if (answered.width() != asked.width()) {
      throw new IllegalArgumentException(
          "The suspect answers "
              + answered.width()
              + " classes, the samples have "
              + asked.width()
              + "; put its answers in the samples' order first, by SuspectModel.withFormat");
    }
    List<AnswerProfile> profiles = own.stream().map(AnswerProfile::of).toList();
    return new ProfileAttack.Finding(
        TripleRanking.of(AnswerProfile.of(answered), profiles),
        TripleRanking.of(
            AnswerProfile.of(answered, labels),
            own.stream().map(each -> AnswerProfile.of(each, labels)).toList()),
        bestBesideTheOthers(profiles));
  }

  /** What the best triple scores where there is no mark. */
  private static List<Double> bestBesideTheOthers(List<AnswerProfile> own) {
    List<Double> scores = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      List<AnswerProfile> others = new ArrayList<>(own);
      TripleRanking ranking = TripleRanking.of(others.remove(i), others);
      scores.add(ranking.score(ranking.best()));
    }
    return scores;
  }
}
