package org.meadefender.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meadefender.data.ImageSets;
import org.meadefender.loss.Mgda;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Which last layers carry a watermark, and how many classes they have. */
class OutputHeadTest {
  private static final OwnerKey KEY = OwnerKey.insecureFromSeed(1);
  private static final List<WatermarkSpec> SPEC = List.of(WatermarkSpec.of(0, 1, 0.25));

  private static ListBuilder vectors() {
    return new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(1e-2)).list();
  }

  private static DenseLayer dense(int width, Activation activation) {
    return new DenseLayer.Builder().nOut(width).activation(activation).build();
  }

  private static ActivationLayer softmax() {
    return new ActivationLayer(Activation.SOFTMAX);
  }

  private static LossLayer loss(Activation activation) {
    return new LossLayer.Builder(LossFunction.MCXENT).activation(activation).build();
  }

  private static MultiLayerNetwork network(InputType input, Layer... layers) {
    ListBuilder list = vectors();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.setInputType(input).build());
    network.init();
    return network;
  }

  private static MultiLayerNetwork network(Layer... layers) {
    return network(InputType.feedForward(8), layers);
  }

  /** The end of the model zoo's SqueezeNet and Darknet19. */
  static ComputationGraph zooLike() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-2))
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(28, 28, 1))
                .addLayer("c", convolution(5, 8), "in")
                .addLayer("drop", new DropoutLayer.Builder(0.9).build(), "c")
                .addLayer("classes", convolution(1, 10), "drop")
                .addLayer("act", new ActivationLayer(Activation.RELU), "classes")
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "act")
                .addLayer("softmax", softmax(), "pool")
                .addLayer("loss", new LossLayer.Builder(LossFunction.MCXENT).build(), "softmax")
                .setOutputs("loss")
                .build());
    graph.init();
    return graph;
  }

  private static ConvolutionLayer convolution(int kernel, int channels) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .stride(2, 2)
        .nOut(channels)
        .activation(Activation.RELU)
        .build();
  }

  private static ComputationGraph residual() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(8))
                .addLayer("a", dense(4, Activation.IDENTITY), "in")
                .addLayer("b", dense(4, Activation.IDENTITY), "in")
                .addVertex("add", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "b")
                .addLayer("loss", loss(Activation.SOFTMAX), "add")
                .setOutputs("loss")
                .build());
    graph.init();
    return graph;
  }

  static Stream<Arguments> heads() {
    return Stream.of(
        Arguments.of("output layer", 3, network(dense(5, Activation.RELU), output())),
        Arguments.of(
            "loss layer", 4, network(dense(4, Activation.IDENTITY), loss(Activation.SOFTMAX))),
        Arguments.of(
            "frozen layer",
            4,
            network(
                dense(6, Activation.RELU),
                new FrozenLayer(dense(4, Activation.IDENTITY)),
                loss(Activation.SOFTMAX))),
        Arguments.of(
            "frozen layer with backpropagation",
            4,
            network(
                dense(6, Activation.RELU),
                new FrozenLayerWithBackprop(dense(4, Activation.IDENTITY)),
                loss(Activation.SOFTMAX))),
        Arguments.of(
            "feature maps",
            7,
            network(
                InputType.convolutional(8, 8, 1),
                convolution(3, 7),
                new GlobalPoolingLayer(PoolingType.AVG),
                loss(Activation.SOFTMAX))),
        Arguments.of(
            "flattened maps",
            2 * 3 * 3,
            network(InputType.convolutional(8, 8, 1), convolution(3, 2), loss(Activation.SOFTMAX))),
        Arguments.of(
            "softmax layer",
            4,
            network(dense(4, Activation.IDENTITY), softmax(), loss(Activation.IDENTITY))),
        Arguments.of(
            "dense softmax", 4, network(dense(4, Activation.SOFTMAX), loss(Activation.IDENTITY))),
        Arguments.of("residual sum", 4, residual()),
        Arguments.of("zoo", 10, zooLike()));
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(3)
        .activation(Activation.SOFTMAX)
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("heads")
  void countsTheClasses(String name, int classes, Model network) {
    assertThat(OutputHead.of(network).classes()).isEqualTo(classes);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ProtectedModel.create(
                    List.of(WatermarkSpec.of(0, 1, 0.1).withTarget(classes)), KEY, network))
        .withMessageContaining("has " + classes + " classes");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "SPARSE_MCXENT",
            network(
                new OutputLayer.Builder(LossFunction.SPARSE_MCXENT)
                    .nOut(3)
                    .activation(Activation.SOFTMAX)
                    .build())),
        Arguments.of(
            "activation identity",
            network(dense(4, Activation.SIGMOID), loss(Activation.IDENTITY))),
        Arguments.of(
            "activation identity",
            network(
                dense(4, Activation.IDENTITY),
                softmax(),
                new DropoutLayer.Builder(0.5).build(),
                loss(Activation.IDENTITY))),
        Arguments.of(
            "number of classes",
            network(
                InputType.recurrent(8),
                new LastTimeStep(new Bidirectional(new LSTM.Builder().nOut(4).build())),
                loss(Activation.SOFTMAX))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusesTheRestByName(String named, Model network) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProtectedModel.create(SPEC, KEY, network))
        .withMessageContaining(named);
  }

  private static MultiLayerNetwork plainDescent(Layer... last) {
    ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Sgd(0.1))
            .list()
            .layer(dense(16, Activation.RELU))
            .layer(dense(3, Activation.IDENTITY));
    for (Layer layer : last) {
      list.layer(layer);
    }
    return new MultiLayerNetwork(list.setInputType(InputType.feedForward(8)).build());
  }

  static Stream<Method> methods() {
    return Stream.of(
        Method.DEFAULT,
        Method.PAPER,
        Method.PAPER.withMgda(Mgda.RELEASED.withGradients(Mgda.Gradients.ALL_LAYERS)));
  }

  /** The softmax may be the loss's own or a layer's: the training is the same. */
  @ParameterizedTest
  @MethodSource("methods")
  void aSoftmaxLayerTrainsAsALossWithSoftmax(Method method) {
    var one = ProtectedModel.create(SPEC, KEY, plainDescent(loss(Activation.SOFTMAX)));
    var two = ProtectedModel.create(SPEC, KEY, plainDescent(softmax(), loss(Activation.IDENTITY)));
    TrainingOptions options = TrainingOptions.epochs(3).withMethod(method);
    one.fit(SmallTasks.vectors(), options);
    two.fit(SmallTasks.vectors(), options);
    assertThat(two.network().params().distance2(one.network().params()))
        .isLessThan(1e-4 * one.network().params().norm2Number().doubleValue());
  }

  @Test
  void theZoosEndLearnsTheMark() {
    ComputationGraph graph = zooLike();
    TrainingReport report =
        ProtectedModel.create(SPEC, KEY, graph)
            .fit(ImageSets.drawn(20, 1, 1).train().shuffledIterator(20, 1), 4);
    assertThat(report.epochs().get(3).terms().verification())
        .isLessThan(report.epochs().get(0).terms().verification());
  }

  private static double stepLength(boolean miniBatch) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(miniBatch ? 0.1 : 0.1 / 16))
                .miniBatch(miniBatch)
                .list()
                .layer(dense(16, Activation.RELU))
                .layer(output())
                .setInputType(InputType.feedForward(8))
                .build());
    network.init();
    var before = network.params().dup();
    ProtectedModel.create(SPEC, KEY, network).fit(SmallTasks.vectors());
    return network.params().distance2(before);
  }

  /** Batches of 16 rows: where the network sums over them, a rate of a 16th takes equal steps. */
  @Test
  void networksThatSumOverABatchTakeTheStepsOfThoseThatTakeTheMean() {
    assertThat(stepLength(false) / stepLength(true)).isBetween(0.999, 1.001);
  }
}
