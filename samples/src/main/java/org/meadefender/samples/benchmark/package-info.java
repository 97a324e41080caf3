/** Programs that measure speed. */
@NullMarked
package org.meadefender.samples.benchmark;

import org.jspecify.annotations.NullMarked;
