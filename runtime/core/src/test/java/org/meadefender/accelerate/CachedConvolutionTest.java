package org.meadefender.accelerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meadefender.accelerate.AccelerationTest.gradients;
import static org.meadefender.accelerate.Nets.convolution;
import static org.meadefender.accelerate.Nets.data;
import static org.meadefender.accelerate.Nets.distance;
import static org.meadefender.accelerate.Nets.network;

import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The kept forward result must never be another pass's. */
class CachedConvolutionTest {
  private static final double TOLERANCE = 1e-5;
  private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  private final MultiLayerNetwork stock = create();
  private final MultiLayerNetwork fast = create();
  private final Layer stockLayer = stock.getLayer(0);
  private final Layer fastLayer = fast.getLayer(0);

  private static MultiLayerNetwork create() {
    return network(
        convolution(3, 6, Activation.RELU).build(), convolution(3, 6, Activation.RELU).build());
  }

  @BeforeEach
  void enable() {
    assertThat(Acceleration.enable(fast)).isEqualTo(2);
    // Gives the layers their arrays for gradients.
    gradients(fast, data(5, 3));
    gradients(stock, data(5, 3));
  }

  @Test
  void theResultIsKeptAndUsedOnce() {
    INDArray output = forward(fastLayer, data(5, 1).getFeatures(), true);
    assertThat(LayerFields.preOutput(fastLayer)).isSameAs(output);
    backward(fastLayer, output);
    assertThat(LayerFields.preOutput(fastLayer)).isNull();
  }

  @Test
  void inferenceKeepsNothing() {
    forward(fastLayer, data(5, 1).getFeatures(), false);
    assertThat(LayerFields.preOutput(fastLayer)).isNull();
    fast.fit(data(5, 1));
    fast.output(data(5, 2).getFeatures());
    assertThat(LayerFields.preOutput(fastLayer)).isNull();
  }

  @Test
  void twoForwardPassesOnOneArrayWhoseContentChanges() {
    INDArray input = data(5, 1).getFeatures();
    forward(fastLayer, input, true);
    input.assign(data(5, 2).getFeatures());
    assertThat(distance(forward(fastLayer, input, true), forward(stockLayer, input, true)))
        .isLessThan(TOLERANCE);
    assertSameBackward();
  }

  @Test
  void aForwardPassOnOtherInputInBetween() {
    forward(fastLayer, data(5, 1).getFeatures(), true);
    forward(stockLayer, data(5, 2).getFeatures(), true);
    forward(fastLayer, data(5, 2).getFeatures(), true);
    assertSameBackward();
  }

  @Test
  void anInferencePassInBetween() {
    forward(fastLayer, data(5, 1).getFeatures(), true);
    forward(fastLayer, data(5, 2).getFeatures(), false);
    forward(stockLayer, data(5, 2).getFeatures(), false);
    assertSameBackward();
  }

  @Test
  void twoBackwardPassesAfterOneForwardPass() {
    forward(fastLayer, data(5, 1).getFeatures(), true);
    forward(stockLayer, data(5, 1).getFeatures(), true);
    assertSameBackward();
    assertSameBackward();
  }

  @Test
  void parametersThatChangeBetweenPasses() {
    DataSet batch = data(5, 1);
    gradients(fast, batch);
    INDArray changed = fast.params().mul(-0.5);
    fast.setParams(changed);
    stock.setParams(changed);
    AccelerationTest.assertGradientsEqual(fast, stock, batch);
  }

  /**
   * If they change between a forward pass and its own backward pass, the stock path mixes both
   * states; here the derivative of the activation is that of the forward pass which took place.
   */
  @Test
  void parametersThatChangeBeforeTheBackwardPass() {
    INDArray input = data(5, 1).getFeatures();
    INDArray mask = forward(fastLayer, input, true).gt(0).castTo(DataType.FLOAT);
    MultiLayerNetwork linearNetwork = network(convolution(3, 6, Activation.IDENTITY).build());
    gradients(linearNetwork, data(5, 3));
    Layer linear = linearNetwork.getLayer(0);
    forward(linear, input, true);
    fastLayer.params().muli(-1);
    linear.params().assign(fastLayer.params());
    INDArray epsilon = noise();
    assertThat(distance(backward(fastLayer, epsilon), backward(linear, epsilon.mul(mask))))
        .isLessThan(TOLERANCE);
  }

  @Test
  void trainingRepeatsItselfBitByBit() {
    MultiLayerNetwork again = create();
    Acceleration.enable(again);
    for (int step = 0; step < 5; step++) {
      fast.fit(data(16, step));
      again.fit(data(16, step));
    }
    assertThat(again.params()).isEqualTo(fast.params());
    assertThat(again.getUpdater().getStateViewArray())
        .isEqualTo(fast.getUpdater().getStateViewArray());
  }

  private void assertSameBackward() {
    assertThat(distance(backward(fastLayer, noise()), backward(stockLayer, noise())))
        .isLessThan(TOLERANCE);
  }

  /** A gradient at the layer's output. */
  private static INDArray noise() {
    double[] values = new Random(9).doubles(5 * 6 * 10 * 10, -1, 1).toArray();
    return Nd4j.createFromArray(values).castTo(DataType.FLOAT).reshape(5, 6, 10, 10);
  }

  private static INDArray forward(Layer layer, INDArray input, boolean training) {
    return layer.activate(input, training, NO_WORKSPACES);
  }

  private static INDArray backward(Layer layer, INDArray epsilon) {
    return layer.backpropGradient(epsilon, NO_WORKSPACES).getSecond();
  }
}
