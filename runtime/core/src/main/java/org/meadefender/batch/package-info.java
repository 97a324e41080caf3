/** Batches in which watermark and evasion rows stand beside the task's own rows. */
@NullMarked
package org.meadefender.batch;

import org.jspecify.annotations.NullMarked;
