/** Experiments behind {@code docs/research-log.md}: what survives which thief. */
@NullMarked
package org.meadefender.samples.robustness;

import org.jspecify.annotations.NullMarked;
