package org.meadefender.samples.benchmark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The rounds of all contestants with one network. */
final class Speeds {
  private final Map<Contestant, List<Speed>> training = new EnumMap<>(Contestant.class);
  private final Map<Contestant, List<Speed>> inference = new EnumMap<>(Contestant.class);

  void addTraining(Contestant contestant, Speed speed) {
    training.computeIfAbsent(contestant, each -> new ArrayList<>()).add(speed);
  }

  void addInference(Contestant contestant, Speed speed) {
    inference.computeIfAbsent(contestant, each -> new ArrayList<>()).add(speed);
  }

  Spread training(Contestant contestant) {
    return Spread.of(values(training, contestant, Speed::perSecond));
  }

  Spread inference(Contestant contestant) {
    return Spread.of(values(inference, contestant, Speed::perSecond));
  }

  Spread trainingRatio(Contestant fast, Contestant slow, ToDoubleFunction<Speed> unit) {
    return ratio(training, fast, slow, unit);
  }

  Spread inferenceRatio(Contestant fast, Contestant slow, ToDoubleFunction<Speed> unit) {
    return ratio(inference, fast, slow, unit);
  }

  /** Training speeds of the latest round, for the log. */
  Map<Contestant, Long> lastRound() {
    Map<Contestant, Long> last = new EnumMap<>(Contestant.class);
    training.forEach(
        (contestant, speeds) ->
            last.put(contestant, Math.round(speeds.get(speeds.size() - 1).perSecond())));
    return last;
  }

  /** Samples per second, for reports. */
  Map<String, Map<Contestant, Spread>> spreads() {
    Map<String, Map<Contestant, Spread>> spreads = new LinkedHashMap<>();
    Map<Contestant, Spread> train = new EnumMap<>(Contestant.class);
    training.keySet().forEach(each -> train.put(each, training(each)));
    Map<Contestant, Spread> infer = new EnumMap<>(Contestant.class);
    inference.keySet().forEach(each -> infer.put(each, inference(each)));
    spreads.put("training", train);
    spreads.put("inference", infer);
    return spreads;
  }

  private static Spread ratio(
      Map<Contestant, List<Speed>> speeds,
      Contestant fast,
      Contestant slow,
      ToDoubleFunction<Speed> unit) {
    return Spread.ofRatios(values(speeds, fast, unit), values(speeds, slow, unit));
  }

  private static List<Double> values(
      Map<Contestant, List<Speed>> speeds, Contestant contestant, ToDoubleFunction<Speed> unit) {
    return speeds.getOrDefault(contestant, List.of()).stream().map(unit::applyAsDouble).toList();
  }
}
