/** Counts what verification says of models that carry no mark, or somebody else's. */
@NullMarked
package org.meadefender.samples.calibration;

import org.jspecify.annotations.NullMarked;
