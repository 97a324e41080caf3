/** Turns results into pages that a reader without prior knowledge understands. */
@NullMarked
package org.meadefender.report;

import org.jspecify.annotations.NullMarked;
