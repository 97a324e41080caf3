/** What leaves the owner's house: the model without a trace of its watermark. */
@NullMarked
package org.meadefender.release;

import org.jspecify.annotations.NullMarked;
