/** Tests of the processor, on whole compilations. */
@NullMarked
package org.meadefender.processor;

import org.jspecify.annotations.NullMarked;
