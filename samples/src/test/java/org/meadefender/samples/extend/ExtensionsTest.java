package org.meadefender.samples.extend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meadefender.attack.AttackListener;
import org.meadefender.audit.Attack;
import org.meadefender.audit.AttackFamily;
import org.meadefender.audit.AuditPlan;
import org.meadefender.audit.Preset;
import org.meadefender.combine.Combiner;
import org.meadefender.combine.SampleShape;
import org.meadefender.data.ImageSet;
import org.meadefender.data.ImageSets;
import org.meadefender.data.LabelledSamples;
import org.meadefender.release.ModelRelease;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.suspect.SuspectOptions;
import org.meadefender.suspect.Suspects;
import org.meadefender.train.ProtectedModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the pages for extensions show is found, and does what they say. */
class ExtensionsTest {
  private static final int PIXELS = 28 * 28;

  @TempDir Path directory;

  private static MultiLayerNetwork network(long seed) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .list()
                .layer(new OutputLayer.Builder().nIn(PIXELS).nOut(10).build())
                .setInputType(org.deeplearning4j.nn.conf.inputs.InputType.convolutional(28, 28, 1))
                .build());
    network.init();
    return network;
  }

  @Test
  void theCombinerTakesFieldsOfBothInTurn() {
    Combiner board = new Checkerboard().derive(new Random(1));
    float[] shares = board.sharesOfA(new SampleShape(1, 28, 28, 1), new Random(1));
    assertThat(shares).containsOnly(0, 1);
    double sum = 0;
    for (float share : shares) {
      sum += share;
    }
    assertThat(sum / PIXELS).isBetween(0.3, 0.7);
  }

  @Test
  void theCombinerIsFoundByItsName() {
    ImageSet images = ImageSets.drawn(40, 1, 1).train();
    ProtectedModel<MultiLayerNetwork> model =
        ProtectedModel.create(
            List.of(WatermarkSpec.of(0, 1, 0.2).withOwnCombiner("checkerboard")),
            OwnerKey.insecureFromSeed(1),
            network(1));
    assertThat(model.fit(images.iterator(50), 1).epochs().get(0).rows().watermark()).isPositive();
  }

  @Test
  void theAttackChangesWeightsAndLeavesTheSource() {
    MultiLayerNetwork source = network(1);
    INDArray before = source.params().dup();
    LabelledSamples data =
        LabelledSamples.of(Nd4j.zeros(1, 1, 28, 28), Nd4j.zeros(1, 10).putScalar(0, 1.0));
    INDArray after = new WeightNoise(0.5).remove(source, data, 1, AttackListener.NONE).params();
    assertThat(source.params()).isEqualTo(before);
    double change = after.sub(before).stdNumber().doubleValue();
    assertThat(change / before.stdNumber().doubleValue()).isBetween(0.45, 0.55);
  }

  @Test
  void theAttackJoinsAnAudit() {
    AuditPlan plan =
        Preset.QUICK
            .plan()
            .with(
                Attack.removal(
                    "weight-noise", "weight noise", "Weights get noise.", new WeightNoise(0.5)));
    Attack last = plan.attacks().get(plan.attacks().size() - 1);
    assertThat(last.family()).isEqualTo(AttackFamily.REMOVAL);
    assertThat(last.parameters()).isEqualTo("WeightNoise[deviation=0.5]");
  }

  @Test
  void theSuspectIsOpenedByItsAdapterAndAverages() {
    Path first = directory.resolve("a.zip");
    Path second = directory.resolve("b.zip");
    ModelRelease.write(network(1), first);
    ModelRelease.write(network(2), second);
    INDArray samples = Nd4j.rand(3, 1, 28, 28);

    SuspectModel ensemble =
        Suspects.open("ensemble:" + first + "," + second, SuspectOptions.ofClasses(10));

    INDArray mean = network(1).output(samples).add(network(2).output(samples)).mul(0.5);
    assertThat(ensemble.predict(samples).equalsWithEps(mean, 1e-6)).isTrue();
    assertThat(ensemble.identity()).contains("sha256:");
  }
}
