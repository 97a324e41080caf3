/**
 * Batches in which watermark and evasion rows stand beside the task's own rows, and what they are
 * made of: labels, samples one by one, roles of rows, reading ahead. No API: it changes without
 * notice.
 */
@NullMarked
package org.meadefender.internal.batch;

import org.jspecify.annotations.NullMarked;
