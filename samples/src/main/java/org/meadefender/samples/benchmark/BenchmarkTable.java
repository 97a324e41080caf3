package org.meadefender.samples.benchmark;

import static org.meadefender.samples.benchmark.Contestant.ACCELERATED;
import static org.meadefender.samples.benchmark.Contestant.PROTECTED;
import static org.meadefender.samples.benchmark.Contestant.STOCK;

import java.util.Locale;
import java.util.Map;

/** The speeds as a Markdown table. */
final class BenchmarkTable {
  private BenchmarkTable() {}

  static String of(Map<BenchmarkNetwork, Speeds> speeds) {
    StringBuilder table =
        new StringBuilder(
            """

            | network | stock | accelerated | protected | accelerated / stock | protected / accelerated | inference: stock | accelerated | ratio |
            |---|---|---|---|---|---|---|---|---|
            """);
    speeds.forEach(
        (network, speed) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f | %.1f | %.2f | %.0f | %.0f | %.1f |%n",
                    network.key(),
                    speed.training(STOCK).median(),
                    speed.training(ACCELERATED).median(),
                    speed.training(PROTECTED).median(),
                    speed.trainingRatio(ACCELERATED, STOCK, Speed::perSecond).median(),
                    speed.trainingRatio(PROTECTED, ACCELERATED, Speed::perSecond).median(),
                    speed.inference(STOCK).median(),
                    speed.inference(ACCELERATED).median(),
                    speed.inferenceRatio(ACCELERATED, STOCK, Speed::perSecond).median())));
    return table.toString();
  }
}
