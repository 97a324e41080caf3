package org.meadefender.combine;

import java.util.random.RandomGenerator;

/**
 * A user's own kind of combiner, from which the owner's key chooses one.
 *
 * <p>A spec names it ({@code WatermarkSpec.withOwnCombiner}); it is found by {@link
 * java.util.ServiceLoader}, so its class stands in {@code
 * META-INF/services/org.meadefender.combine.CombinerKind} and has a public constructor without
 * parameters. A registration commits to the name; keep the class beside the key, because
 * verification derives from it again, and for decoys derives what other keys would choose.
 *
 * @since 0.1.0
 */
public interface CombinerKind {

  /** The name in specs and registrations; not blank, unique on the class path. */
  String name();

  /**
   * Chooses a combiner.
   *
   * @param random stream of the owner's key; the same stream must give the same combiner, and other
   *     streams others, as different as can be: they are the decoys
   * @return a combiner that takes any {@link SampleShape} and gives each source a share
   */
  Combiner derive(RandomGenerator random);
}
