package org.meadefender.accelerate;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;

/** What was last asked for each network, as long as it lives; networks are told by identity. */
final class Wishes {
  private final Map<Key, Boolean> accelerated = new HashMap<>();
  private final ReferenceQueue<Model> gone = new ReferenceQueue<>();

  /** Notes a wish, and returns the one before it. */
  synchronized Optional<Boolean> set(Model network, boolean wish) {
    for (Reference<?> key = gone.poll(); key != null; key = gone.poll()) {
      accelerated.remove(key);
    }
    return Optional.ofNullable(accelerated.put(new Key(network, gone), wish));
  }

  /** The last wish. */
  synchronized Optional<Boolean> of(Model network) {
    return Optional.ofNullable(accelerated.get(new Key(network, gone)));
  }

  private static final class Key extends WeakReference<Model> {
    private final int hash;

    Key(Model network, ReferenceQueue<Model> gone) {
      super(network, gone);
      this.hash = System.identityHashCode(network);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other || (other instanceof Key key && get() != null && get() == key.get());
    }
  }
}
