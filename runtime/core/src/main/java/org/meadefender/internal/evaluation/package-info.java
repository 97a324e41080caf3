/** Measures networks while they are trained. No API: it changes without notice. */
@NullMarked
package org.meadefender.internal.evaluation;

import org.jspecify.annotations.NullMarked;
