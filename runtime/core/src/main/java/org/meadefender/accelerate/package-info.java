/** Switches on the oneDNN kernels that Deeplearning4j 1.0.0-M2.1 ships but leaves off. */
@NullMarked
package org.meadefender.accelerate;

import org.jspecify.annotations.NullMarked;
