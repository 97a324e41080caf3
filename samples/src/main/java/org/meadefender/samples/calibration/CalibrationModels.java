package org.meadefender.samples.calibration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.meadefender.accelerate.Acceleration;
import org.meadefender.annotations.Combine;
import org.meadefender.data.ImageSet;
import org.meadefender.release.ModelRelease;
import org.meadefender.samples.calibration.NullCalibration.Scale;
import org.meadefender.spec.OwnerKey;
import org.meadefender.spec.WatermarkSpec;
import org.meadefender.suspect.SuspectModel;
import org.meadefender.train.ProtectedModel;

/** The models of a calibration, in files, so that one that was stopped goes on. */
final class CalibrationModels {
  private static final long SEED = 1000;

  /** Each so many-th of the unmarked models is a strong one. */
  private static final int STRONG = 3;

  /** It has so many times the images of the others. */
  private static final int STRONG_IMAGES = 4;

  private final ImageSet train;
  private final Scale scale;
  private final Path directory;

  CalibrationModels(ImageSet train, Scale scale, Path directory) {
    this.train = train;
    this.scale = scale;
    this.directory = directory;
  }

  /** Each third stranger is trained on more images, for longer, than the panel and the claimant. */
  MultiLayerNetwork unmarked(int index) {
    boolean strong = index < scale.models() && index % STRONG == 0;
    return trained(
        "unmarked-" + index,
        () ->
            CalibrationNetworks.clean(
                index,
                part(index, (strong ? STRONG_IMAGES : 1) * scale.images()),
                (strong ? 2 : 1) * scale.epochs(),
                SEED + index + 1L));
  }

  MultiLayerNetwork marked(Combine kind, List<WatermarkSpec> specs, OwnerKey owner) {
    return trained(
        "marked-" + kind,
        () -> {
          ProtectedModel<MultiLayerNetwork> model =
              ProtectedModel.create(
                  specs,
                  owner,
                  CalibrationNetworks.configuration(0, train.classes(), train.shape(), SEED));
          model.fit(part(0).shuffledIterator(64, SEED), 2 * scale.epochs());
          return model.network();
        });
  }

  /** A thief's copy. */
  MultiLayerNetwork copy(Combine kind, MultiLayerNetwork victim) {
    return trained(
        "copy-" + kind,
        () -> CalibrationNetworks.copy(victim, 1, part(1), 2 * scale.epochs(), SEED + 1));
  }

  /** Images of one model. */
  ImageSet part(int index) {
    return part(index, scale.images());
  }

  private ImageSet part(int index, int most) {
    int images = Math.min(most, train.size());
    int start = (int) ((long) index * images % (train.size() - images + 1));
    return train.slice(start, start + images);
  }

  private MultiLayerNetwork trained(String name, Supplier<MultiLayerNetwork> training) {
    Path file = directory.resolve(name + ".zip");
    createDirectory();
    if (!Files.exists(file)) {
      ModelRelease.write(training.get(), file);
    }
    MultiLayerNetwork model = (MultiLayerNetwork) SuspectModel.loadNetwork(file);
    Acceleration.enable(model);
    return model;
  }

  private void createDirectory() {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create " + directory, e);
    }
  }
}
