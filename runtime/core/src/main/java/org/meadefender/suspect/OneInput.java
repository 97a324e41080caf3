package org.meadefender.suspect;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph with several inputs of which all but one are held constant.
 *
 * @param graph the suspect
 * @param input name of the input that takes the samples
 * @param others one row for each other input, by name
 */
record OneInput(ComputationGraph graph, String input, Map<String, INDArray> others)
    implements SuspectModel {

  OneInput {
    others = Map.copyOf(others);
    List<String> names = graph.getConfiguration().getNetworkInputs();
    TreeSet<String> given = new TreeSet<>(others.keySet());
    if (!given.add(input) || !given.equals(new TreeSet<>(names))) {
      throw new IllegalArgumentException(
          "The inputs "
              + input
              + " and "
              + new TreeSet<>(others.keySet())
              + " are given; the graph has "
              + names
              + ", each of which is needed once");
    }
    others.forEach(
        (name, row) -> {
          if (row.size(0) != 1) {
            throw new IllegalArgumentException(
                "The input " + name + " has " + row.size(0) + " rows; it must have one, [1, ...]");
          }
        });
    if (graph.getNumOutputArrays() != 1) {
      throw new IllegalArgumentException(
          "The suspect graph has "
              + graph.getNumOutputArrays()
              + " outputs; only one is supported, pass a SuspectModel of your own");
    }
  }

  @Override
  public INDArray predict(INDArray features) {
    INDArray[] inputs =
        graph.getConfiguration().getNetworkInputs().stream()
            .map(name -> name.equals(input) ? features : repeated(name, features.size(0)))
            .toArray(INDArray[]::new);
    return NetworkAnswers.of(features, rows -> graph.outputSingle(false, inputs));
  }

  private INDArray repeated(String name, long rows) {
    return java.util.Objects.requireNonNull(others.get(name)).repeat(0, rows);
  }
}
