/** Measures speed and memory: stock, accelerated and protected training side by side. */
@NullMarked
package org.meadefender.samples.benchmark;

import org.jspecify.annotations.NullMarked;
