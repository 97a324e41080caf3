/** Training with a watermark: what generated wrappers delegate to. */
@NullMarked
package org.meadefender.train;

import org.jspecify.annotations.NullMarked;
