/** The watermark's losses, in the shape that Deeplearning4j's output layers call. */
@NullMarked
package org.meadefender.loss;

import org.jspecify.annotations.NullMarked;
