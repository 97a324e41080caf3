package org.meadefender.internal.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.internal.RandomState;
import org.meadefender.reference.PanelCache;
import org.meadefender.reference.PanelDescription;
import org.meadefender.reference.PanelDescription.Member;
import org.meadefender.suspect.SuspectModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several diverse networks without a mark, trained for the task of a suspect: a sample of the
 * population of unrelated models.
 *
 * <p>What a class triple shows by nature belongs to the task, and passes from model to model. So a
 * null rate is a distribution over models, and one model, or the suspect itself, does not show it.
 *
 * @param dataDigest SHA-256 of the samples that the members were trained on
 * @param members the models
 */
public record ReferencePanel(String dataDigest, List<Model> members) {
  private static final Logger log = LoggerFactory.getLogger(ReferencePanel.class);

  /** Number of networks that are trained: each architecture twice. */
  public static final int MEMBERS = 2 * ReferenceArchitecture.values().length;

  /** Fewest members that a distribution is estimated from. */
  public static final int LEAST_MEMBERS = 8;

  /** Fewest samples of each class. */
  private static final int LEAST_PER_CLASS = 12;

  /** Share of the samples that each member is trained on. */
  private static final double TRAINED_ON = 0.8;

  private static final int BATCH = 64;
  private static final int LEAST_EPOCHS = 5;
  private static final int MOST_EPOCHS = 40;
  private static final int LEAST_STEPS = 200;
  private static final int ANSWER_ROWS = 256;

  /** A member below this share of the way from chance to perfection has not learnt the task. */
  private static final double LEARNT = 0.25;

  private static final long FIRST_SEED = 9001;

  private static final Member SUPPLIED = new Member("supplied", 0, 0, Double.NaN);

  private static final int RECENT_PANELS = 4;

  /** The last panels of this process, by the digest of their samples. */
  private static final Map<String, ReferencePanel> RECENT =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ReferencePanel> eldest) {
          return size() > RECENT_PANELS;
        }
      };

  /** Copies the list. */
  public ReferencePanel {
    members = List.copyOf(members);
  }

  /** Nobody. */
  public static ReferencePanel none() {
    return new ReferencePanel("", List.of());
  }

  /** The same with further models. */
  public ReferencePanel with(List<SuspectModel> models) {
    List<Model> all = new ArrayList<>(members);
    models.forEach(model -> all.add(new Model(model, SUPPLIED)));
    return new ReferencePanel(dataDigest, all);
  }

  /** Whether there are enough members to estimate a distribution from. */
  public boolean isSufficient() {
    return members.size() >= LEAST_MEMBERS;
  }

  /** What the members are, without the models themselves. */
  public PanelDescription description() {
    return new PanelDescription(dataDigest, members.stream().map(Model::description).toList());
  }

  /** Why no panel can be trained on some samples; empty if one can. */
  public static Optional<String> lacking(TaskSamples samples) {
    int fewest = samples.fewestOfAClass();
    return samples.presentClasses() >= 2 && fewest >= LEAST_PER_CLASS
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%d samples of the rarest class are left for reference networks; at least %d are"
                    + " needed",
                fewest,
                LEAST_PER_CLASS));
  }

  /**
   * Trains a panel, or takes it from the cache. Members that do not learn the task are left out.
   *
   * @param samples of the task, at least {@link #lacking enough} of each class; the suspect is not
   *     asked about them
   * @param cache where networks are kept
   * @throws CancellationException if the thread is interrupted
   */
  public static ReferencePanel train(TaskSamples samples, PanelCache cache) {
    String digest = samples.digest();
    synchronized (RECENT) {
      ReferencePanel recent = RECENT.get(digest);
      if (recent != null) {
        return recent;
      }
    }
    ReferencePanel panel = RandomState.kept(() -> train(samples, digest, cache));
    synchronized (RECENT) {
      RECENT.put(digest, panel);
    }
    return panel;
  }

  private static ReferencePanel train(TaskSamples samples, String digest, PanelCache cache) {
    ReferenceInput input = ReferenceInput.of(samples);
    SharedInput shared = new SharedInput(input);
    TaskSamples prepared = input.applyTo(samples);
    KeptNetworks kept = KeptNetworks.of(cache, digest);
    List<Model> members = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < MEMBERS; i++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("The reference panel was interrupted");
      }
      ReferenceArchitecture[] kinds = ReferenceArchitecture.values();
      ReferenceArchitecture kind = kinds[i % kinds.length];
      long seed = FIRST_SEED + i;
      List<Integer> places = samples.shuffledPlaces(seed);
      int trained = (int) (TRAINED_ON * places.size());
      TaskSamples part = prepared.at(places.subList(0, trained));
      MultiLayerNetwork network = kept.network(i, () -> trained(kind, input, part, seed));
      Acceleration.enable(network);
      SuspectModel model = features -> network.output(shared.apply(features), false);
      double accuracy = accuracy(model, samples.at(places.subList(trained, places.size())));
      log.info(
          "Reference network {} of {}: {}, accuracy {} %; {} s so far",
          i + 1,
          MEMBERS,
          kind,
          Math.round(100 * accuracy),
          (System.nanoTime() - start) / 1_000_000_000);
      double chance = 1.0 / samples.classes();
      if (accuracy >= chance + LEARNT * (1 - chance)) {
        members.add(new Model(model, new Member(kind.name(), seed, trained, accuracy)));
      }
    }
    return new ReferencePanel(digest, members);
  }

  private static MultiLayerNetwork trained(
      ReferenceArchitecture kind, ReferenceInput input, TaskSamples part, long seed) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(kind.configuration(input, part.classes(), seed));
    network.init();
    Acceleration.enable(network);
    int steps = Math.max(1, part.size() / BATCH);
    int epochs = Math.min(MOST_EPOCHS, Math.max(LEAST_EPOCHS, (LEAST_STEPS + steps - 1) / steps));
    for (int epoch = 0; epoch < epochs; epoch++) {
      List<Integer> places = part.shuffledPlaces(seed + 31L * epoch);
      for (int from = 0; from < places.size(); from += BATCH) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("The reference panel was interrupted");
        }
        network.fit(part.at(places.subList(from, Math.min(from + BATCH, places.size()))).batch());
      }
    }
    return network;
  }

  private static double accuracy(SuspectModel model, TaskSamples samples) {
    int correct = 0;
    for (int from = 0; from < samples.size(); from += ANSWER_ROWS) {
      int to = Math.min(from + ANSWER_ROWS, samples.size());
      TaskSamples batch = samples.at(java.util.stream.IntStream.range(from, to).boxed().toList());
      int[] tops = model.predict(batch.features()).argMax(1).toIntVector();
      for (int i = 0; i < tops.length; i++) {
        correct += tops[i] == batch.labels().get(i) ? 1 : 0;
      }
    }
    return samples.size() == 0 ? Double.NaN : (double) correct / samples.size();
  }

  /** For tests of the cache on disk. */
  static void forgetRecent() {
    synchronized (RECENT) {
      RECENT.clear();
    }
  }

  /**
   * One unrelated model of the task.
   *
   * @param model its answers
   * @param description what it is
   */
  public record Model(SuspectModel model, Member description) {}
}
