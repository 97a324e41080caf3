/**
 * The loss that a network has while it is trained with a watermark. No API: it changes without
 * notice.
 */
@NullMarked
package org.meadefender.internal.loss;

import org.jspecify.annotations.NullMarked;
