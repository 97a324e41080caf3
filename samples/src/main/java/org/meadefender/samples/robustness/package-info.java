/** Experiments behind {@code docs/robustness.md}: what survives which thief. */
@NullMarked
package org.meadefender.samples.robustness;

import org.jspecify.annotations.NullMarked;
