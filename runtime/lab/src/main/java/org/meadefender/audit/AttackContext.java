package org.meadefender.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.meadefender.annotations.Combine;
import org.meadefender.attack.Architecture;
import org.meadefender.attack.AttackListener;
import org.meadefender.attack.extraction.BlackBox;
import org.meadefender.attack.extraction.Distillation;
import org.meadefender.attack.internal.PublicMixes;
import org.meadefender.combine.Watermark;
import org.meadefender.data.LabelledSamples;
import org.meadefender.suspect.SuspectModel;

/**
 * What an attack works with: the attacked network, what the thief holds, and how large the attack
 * may be. The audit works for the owner, so that held-out samples and the watermark are here too;
 * attacks that imitate a thief leave them alone.
 */
public final class AttackContext {
  private final Model network;
  private final LabelledSamples thief;
  private final AttackScale scale;
  private final long seed;
  private final Extras extras;

  /** What may be left out. */
  private record Extras(
      @Nullable LabelledSamples otherTask,
      @Nullable Architecture other,
      @Nullable LabelledSamples test,
      @Nullable Watermark watermark,
      @Nullable Path copyFile) {
    static final Extras NONE = new Extras(null, null, null, null, null);
  }

  private AttackContext(
      Model network, LabelledSamples thief, AttackScale scale, long seed, Extras extras) {
    this.network = network;
    this.thief = thief;
    this.scale = scale;
    this.seed = seed;
    this.extras = extras;
  }

  /**
   * A context, for running attacks outside an audit.
   *
   * @param network the attacked network; attacks do not change it
   * @param thief what the thief holds: samples with true one-hot labels
   * @param seed of everything random, not 0
   */
  public static AttackContext of(
      Model network, LabelledSamples thief, AttackScale scale, long seed) {
    return new AttackContext(network, thief, scale, seed, Extras.NONE);
  }

  /** The same with another architecture, for attacks that need one. */
  public AttackContext withOtherArchitecture(@Nullable Architecture newOther) {
    return with(
        new Extras(extras.otherTask, newOther, extras.test, extras.watermark, extras.copyFile));
  }

  /** The same with samples of another task, for attacks that need them. */
  public AttackContext withOtherTask(@Nullable LabelledSamples newOtherTask) {
    return with(
        new Extras(newOtherTask, extras.other, extras.test, extras.watermark, extras.copyFile));
  }

  /** The same with held-out samples with true labels, and the watermark. */
  public AttackContext withWatermark(Watermark newWatermark, LabelledSamples test) {
    return with(new Extras(extras.otherTask, extras.other, test, newWatermark, extras.copyFile));
  }

  /** The same with a file that keeps the distilled copy for the attacks that go on with it. */
  AttackContext withCopyFile(Path file) {
    return with(new Extras(extras.otherTask, extras.other, extras.test, extras.watermark, file));
  }

  private AttackContext with(Extras newExtras) {
    return new AttackContext(network, thief, scale, seed, newExtras);
  }

  /** The attacked network; not to be changed. */
  public Model network() {
    return network;
  }

  /** What the thief holds, with true labels. */
  public LabelledSamples thief() {
    return thief;
  }

  /** How large the attack may be. */
  public AttackScale scale() {
    return scale;
  }

  /** Seed of everything random, not 0. */
  public long seed() {
    return seed;
  }

  /** The attacked network's architecture. */
  public Architecture architecture() {
    return Architecture.of(network);
  }

  /** The network as its customers see it, with {@link AttackScale#queries} answers. */
  public BlackBox blackBox() {
    return BlackBox.of(SuspectModel.of(network)).withBudget(scale.queries());
  }

  /** What a removal may train on. */
  public LabelledSamples removalData() {
    return thief.take(scale.removalRows());
  }

  /**
   * Another architecture.
   *
   * @throws IllegalStateException if there is none, see {@link Attack#needs}
   */
  public Architecture otherArchitecture() {
    return needed(extras.other, "another architecture");
  }

  /**
   * Samples of another task.
   *
   * @throws IllegalStateException if there are none, see {@link Attack#needs}
   */
  public LabelledSamples otherTask() {
    return needed(extras.otherTask, "samples of another task");
  }

  /**
   * Held-out samples with true labels.
   *
   * @throws IllegalStateException outside an audit, if there are none
   */
  public LabelledSamples test() {
    return needed(extras.test, "held-out samples");
  }

  /**
   * The watermark that is attacked.
   *
   * @throws IllegalStateException outside an audit, if there is none
   */
  public Watermark watermark() {
    return needed(extras.watermark, "the watermark");
  }

  /**
   * Whether attackers who mix samples train an autoencoder: where the watermark comes of one, the
   * worst case.
   */
  public boolean blends() {
    return watermark().spec().combine() == Combine.AUTOENCODER_BLENDING
        && watermark().spec().ownCombiner().isEmpty();
  }

  /** Watermark rows of held-out samples, labelled with the target. */
  public LabelledSamples watermarkRows() {
    LabelledSamples test = test();
    Watermark mark = watermark();
    int[] ofA = test.rowsOfClass(mark.spec().sourceA());
    int[] ofB = test.rowsOfClass(mark.spec().sourceB());
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(ofA.length, ofB.length); i++) {
      pairs.add(new int[] {ofA[i], ofB[i]});
    }
    return PublicMixes.mix(
        test, pairs, pair -> mark.secret(), pair -> mark.target(), mark.random("audit/rows"));
  }

  /**
   * A copy by distillation for attacks that go on with it; made once in an audit, which keeps it in
   * a file.
   */
  public Model copy(AttackListener listener) {
    Path file = extras.copyFile;
    if (file == null) {
      return distilled(listener);
    }
    return CopyFile.at(file)
        .orElseGet(
            () -> {
              Model copy = distilled(listener);
              CopyFile.write(copy, file);
              return copy;
            });
  }

  private Model distilled(AttackListener listener) {
    return Distillation.of(scale.epochs()).steal(blackBox(), thief, architecture(), seed, listener);
  }

  /** Whether there is all that an attack needs. */
  boolean has(Set<AttackNeed> needs) {
    return needs.stream().allMatch(this::has);
  }

  private boolean has(AttackNeed need) {
    return switch (need) {
      case IMAGES -> thief.sampleShape().length == 3;
      case OTHER_ARCHITECTURE -> extras.other != null;
      case OTHER_TASK -> extras.otherTask != null;
    };
  }

  private static <T> T needed(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalStateException("The attack needs " + what + ", which the context lacks");
    }
    return value;
  }
}
